package io.eventful.channel;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far each assigned partition is, and the commits of that. For the polling thread. */
final class KafkaOffsets {

    private static final Logger log = LoggerFactory.getLogger(KafkaOffsets.class);
    private static final Duration COMMIT_EVERY = Duration.ofMillis(50);

    private final String group;
    private final KafkaPatience patience;
    private final Map<TopicPartition, Partition> partitions = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
    private long committed = System.nanoTime();

    /** A partition while it is assigned. */
    static final class Partition {
        private final Prefix<Long> prefix = new Prefix<>();
        private volatile boolean alive = true;
        /** The highest offset that a commit was made with. */
        private long offered;

        Prefix<Long> prefix() {
            return prefix;
        }

        boolean alive() {
            return alive;
        }
    }

    KafkaOffsets(String group, KafkaPatience patience) {
        this.group = group;
        this.patience = patience;
    }

    Partition of(TopicPartition at) {
        return partitions.computeIfAbsent(at, absent -> new Partition());
    }

    List<TopicPartition> partitions() {
        return List.copyOf(partitions.keySet());
    }

    /** Records that were taken and may not be committed yet. */
    int size() {
        return partitions.values().stream()
                .mapToInt(partition -> partition.prefix.size())
                .sum();
    }

    /** Commits what is done without a gap, now and then, and does not wait. */
    void commit(Consumer<byte[], byte[]> consumer) {
        long now = System.nanoTime();
        if (now - committed < COMMIT_EVERY.toNanos()) return;
        committed = now;
        advance(partitions.keySet());
        consumer.assignment().forEach(at -> pass(consumer, at));
        if (uncommitted.isEmpty()) return;
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(uncommitted);
        uncommitted.clear();
        offer(offsets);
        consumer.commitAsync(offsets, (done, failure) -> {
            if (failure == null) patience.answered();
            else again(offsets, failure);
        });
    }

    /**
     * Behind the last record there may be what is none, such as the end of a transaction. Where nothing is under way, it is
     * committed as well, or it would look like a record that nobody has worked on.
     */
    private void pass(Consumer<byte[], byte[]> consumer, TopicPartition at) {
        Partition partition = of(at);
        if (partition.prefix.size() > 0) return;
        try {
            long position = consumer.position(at, Duration.ZERO);
            if (position > partition.offered) uncommitted.put(at, new OffsetAndMetadata(position));
        } catch (TimeoutException | WakeupException e) {
            // It is not known yet, or the consumer ends, which its thread finds out by itself.
            log.trace("channel.no-position group={} partition={}", group, at);
        }
    }

    private void again(Map<TopicPartition, OffsetAndMetadata> offsets, Exception failure) {
        log.debug("channel.not-committed group={} reason=\"{}\"", group, Failures.reason(failure));
        offsets.forEach((at, offset) -> {
            Partition partition = partitions.get(at);
            // A later commit may have gone further: this one would take the group back.
            if (partition != null && offset.offset() == partition.offered) uncommitted.putIfAbsent(at, offset);
        });
    }

    private void offer(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((at, offset) -> {
            Partition partition = partitions.get(at);
            if (partition != null) partition.offered = Math.max(partition.offered, offset.offset());
        });
    }

    /** Commits what is done of some partitions, and waits. */
    void commitNow(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> which) {
        advance(which);
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(uncommitted);
        offsets.keySet().retainAll(which);
        uncommitted.keySet().removeAll(offsets.keySet());
        if (offsets.isEmpty()) return;
        offer(offsets);
        try {
            commitSync(consumer, offsets);
        } catch (WakeupException e) {
            // The consumer was woken to end; the wake-up is used up now, so the commit is made again.
            commitSync(consumer, offsets);
        }
    }

    private void commitSync(Consumer<byte[], byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets, patience.now());
            patience.answered();
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            if (e instanceof TimeoutException) patience.missed();
            log.warn("channel.not-committed group={} reason=\"{}\"", group, Failures.reason(e));
        }
    }

    private void advance(Collection<TopicPartition> which) {
        for (TopicPartition at : which) {
            Partition partition = partitions.get(at);
            @Nullable Long last = partition == null ? null : partition.prefix.advance();
            if (last != null) uncommitted.put(at, new OffsetAndMetadata(last + 1));
        }
    }

    /** Waits, at most so long, until everything that was taken of some partitions is done. */
    void awaitFinished(Collection<TopicPartition> which, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        for (TopicPartition at : which) {
            Partition partition = partitions.get(at);
            try {
                if (partition != null) partition.prefix.awaitFinished(end - System.nanoTime());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets go of partitions: what of them is done later does not count any more. */
    void forget(Collection<TopicPartition> gone) {
        for (TopicPartition at : gone) {
            Partition partition = partitions.remove(at);
            if (partition != null) partition.alive = false;
            uncommitted.remove(at);
        }
    }
}
