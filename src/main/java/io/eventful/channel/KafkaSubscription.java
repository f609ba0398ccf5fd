package io.eventful.channel;

import static org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation.LEAVE_GROUP;

import io.eventful.channel.BrokerSettings.Consume;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a consumer group, on a thread of its own that polls all the time. An offset is committed when everything
 * before it in its partition is done; a partition that moves to another member is first brought to an end (bounded).
 */
final class KafkaSubscription implements Broker.Subscription {

    private static final Logger log = LoggerFactory.getLogger(KafkaSubscription.class);
    private static final Duration POLL = Duration.ofMillis(100);
    /** How long room in the window is waited for between two polls. */
    private static final Duration FULL = Duration.ofMillis(250);

    /** While the window is full, a poll only keeps the membership. */
    private static final Duration POLL_FULL = Duration.ofMillis(5);

    private static final Duration CALL = Duration.ofSeconds(5);
    private static final Duration RESTART = Duration.ofSeconds(2);
    /** Done but not committed, since something before it is not done: what may come again after a crash. */
    private static final int UNCOMMITTED = 20_000;

    private final KafkaBroker broker;
    private final BiFunction<String, KafkaMembers.Member, Consumer<byte[], byte[]>> clients;
    private final String topic;
    private final String group;
    private final KafkaMembers.Member member;
    private final Dispatcher dispatcher;
    private final Consume limits;
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Thread thread;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    /** The following are used on the thread only. */
    private final KafkaOffsets offsets;

    private final Deque<KafkaInbound> fetched = new ArrayDeque<>();
    private boolean paused;
    /** The last failure that was told, since the last poll that went well. */
    private String told = "";

    KafkaSubscription(
            KafkaBroker broker,
            BiFunction<String, KafkaMembers.Member, Consumer<byte[], byte[]>> clients,
            KafkaMembers members,
            String topic,
            String consumer,
            Dispatcher dispatcher,
            Consume limits) {
        this.broker = broker;
        this.clients = clients;
        this.topic = topic;
        this.group = QueueNames.of(topic, consumer);
        this.member = members.join(group);
        this.offsets = new KafkaOffsets(group, broker.patience());
        this.dispatcher = dispatcher;
        this.limits = limits;
    }

    String topic() {
        return topic;
    }

    String group() {
        return group;
    }

    synchronized void start() {
        if (closing.getCount() == 0 || thread != null) return;
        thread = Thread.ofPlatform().daemon().name("channel-" + group).start(this::run);
    }

    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closing.countDown();
            running = thread;
        }
        broker.closed(this);
        Consumer<byte[], byte[]> polling = consumer;
        if (polling != null) polling.wakeup();
        try {
            if (running != null && !running.join(CALL.multipliedBy(3)))
                log.warn("channel.close-timed-out group={}", group);
            else member.leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean closing() {
        return closing.getCount() == 0;
    }

    private void run() {
        while (!closing()) {
            try {
                poll();
            } catch (WakeupException e) {
                log.debug("channel.poll-woken group={}", group);
            } catch (FencedInstanceIdException e) {
                log.warn("channel.member-taken member={} remedy=\"is its data folder a copy?\"", member.name());
                member.mistaken();
            } catch (KafkaException | ChannelUnavailableException e) {
                failed(Failures.reason(e));
            } catch (RuntimeException e) {
                // Whatever it is, without this thread nobody would read the topic any more.
                log.error("channel.poll-failed group={} reason=\"{}\"", group, Failures.reason(e));
            } finally {
                consumer = null;
                reset();
            }
            try {
                if (closing.await(RESTART.toMillis(), TimeUnit.MILLISECONDS)) return;
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Told once while the reason is the same: a poll fails every two seconds while the cluster is away. */
    private void failed(String reason) {
        if (reason.equals(told)) log.debug("channel.poll-failed group={} reason=\"{}\"", group, reason);
        else log.warn("channel.poll-failed group={} reason=\"{}\"", group, reason);
        told = reason;
    }

    private void poll() {
        Consumer<byte[], byte[]> opened = clients.apply(group, member);
        try {
            consumer = opened;
            opened.subscribe(List.of(topic), new Moves(opened));
            while (!closing()) turn(opened);
            offsets.commitNow(opened, offsets.partitions());
        } finally {
            // Who stops in order leaves, so that others take over at once; who is killed is expected back.
            opened.close(CloseOptions.groupMembershipOperation(LEAVE_GROUP)
                    .withTimeout(broker.patience().now()));
        }
    }

    private void turn(Consumer<byte[], byte[]> consumer) {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(fetched.isEmpty() ? POLL : POLL_FULL)) {
                KafkaOffsets.Partition partition = offsets.of(new TopicPartition(record.topic(), record.partition()));
                fetched.add(new KafkaInbound(
                        broker,
                        partition,
                        record,
                        KafkaMessages.decode(record),
                        partition.prefix().add(record.offset())));
            }
            told = "";
        } catch (WakeupException e) {
            if (!closing()) throw e;
            return;
        }
        long end = System.nanoTime() + FULL.toNanos();
        while (!fetched.isEmpty() && room() && dispatcher.accept(fetched.peek(), end - System.nanoTime()))
            fetched.poll();
        if (!fetched.isEmpty()) {
            consumer.pause(consumer.assignment());
            paused = true;
        } else if (paused) {
            consumer.resume(consumer.assignment());
            paused = false;
        }
        offsets.commit(consumer);
    }

    private boolean room() {
        return offsets.size() - fetched.size() < UNCOMMITTED;
    }

    private void reset() {
        forget(offsets.partitions());
        paused = false;
    }

    private void forget(Collection<TopicPartition> gone) {
        offsets.forget(gone);
        fetched.removeIf(message -> !message.partition().alive());
    }

    /** Follows partitions that move between members. */
    private final class Moves implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;

        Moves(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            if (paused) consumer.pause(assigned);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            // What was not begun is the next member's; what is under way is waited for, or both would work on a key.
            fetched.removeIf(message -> {
                if (!revoked.contains(message.at())) return false;
                message.partition().prefix().drop(message.entry());
                return true;
            });
            if (!closing()) offsets.awaitFinished(revoked, limits.drainTimeout());
            offsets.commitNow(consumer, revoked);
            forget(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            forget(lost);
        }
    }
}
