package io.eventful.channel;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.AbstractOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates what is missing at the cluster: topics, and where a new consumer group begins. For one thread; waits. */
final class KafkaTopics implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaTopics.class);
    /** Beyond the time of a call, in which the client ends it by itself. */
    private static final int SPARE_MILLIS = 3_000;

    private final KafkaClients clients;
    private final BrokerSettings.Kafka settings;
    private final KafkaCallTime time;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    /** Topics that were created here and that nothing was sent to. */
    private final Set<String> fresh = new HashSet<>();
    /** Topics that were created here and whose leaders have not answered yet. */
    private final Set<String> unled = new HashSet<>();

    private volatile @Nullable Admin admin;
    private volatile boolean closed;

    KafkaTopics(KafkaClients clients, BrokerSettings.Kafka settings) {
        this.clients = clients;
        this.settings = settings;
        this.time = new KafkaCallTime(clients.callMillis());
    }

    /**
     * Makes sure that a topic exists before something is sent to it.
     *
     * @throws IllegalStateException when it is missing and may not be created
     * @throws ChannelUnavailableException when the cluster does not answer, or a partition has no leader yet
     */
    void written(String topic) {
        exists(topic);
        fresh.remove(topic);
    }

    private void exists(String topic) {
        if (known.contains(topic)) return;
        if (describe(topic).isEmpty() && create(topic)) {
            fresh.add(topic);
            unled.add(topic);
        }
        if (unled.contains(topic)) led(topic);
        known.add(topic);
    }

    /**
     * Waits until the leader of each partition answers. A new partition's leader can refuse the first batch of a producer
     * and take the second; the first then never fits again and fails when its time is over (KAFKA-15591).
     */
    private void led(String topic) {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        described(topic)
                .partitions()
                .forEach(partition -> all.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        call(admin().listOffsets(all, within(new ListOffsetsOptions())).all());
        unled.remove(topic);
    }

    /** What was known to exist may be gone. Any thread. */
    void forget(String topic) {
        known.remove(topic);
    }

    /**
     * Makes sure that a group has a place to begin: the end of the topic for a new group, the start of a topic this
     * process has created and sent nothing to, and of partitions that were added to the topic since the group began.
     *
     * @throws IllegalStateException when the topic is missing and may not be created
     * @throws ChannelUnavailableException when the cluster does not answer, or does not know yet what it has created
     */
    void group(String topic, String group) {
        exists(topic);
        if (group.equals(QueueNames.of(topic, QueueNames.NOBODY))) return;
        int partitions = described(topic).partitions().size();
        Map<TopicPartition, OffsetAndMetadata> committed =
                call(admin().listConsumerGroupOffsets(group, within(new ListConsumerGroupOffsetsOptions()))
                        .partitionsToOffsetAndMetadata());
        boolean begun = committed.keySet().stream()
                .anyMatch(partition -> partition.topic().equals(topic));
        OffsetSpec begin = begun || fresh.contains(topic) ? OffsetSpec.earliest() : OffsetSpec.latest();
        Map<TopicPartition, OffsetSpec> missing = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            TopicPartition partition = new TopicPartition(topic, i);
            if (committed.get(partition) == null) missing.put(partition, begin);
        }
        if (missing.isEmpty()) return;
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        call(admin().listOffsets(missing, within(new ListOffsetsOptions())).all())
                .forEach((partition, found) -> offsets.put(partition, new OffsetAndMetadata(found.offset())));
        try {
            call(admin().alterConsumerGroupOffsets(group, offsets, within(new AlterConsumerGroupOffsetsOptions()))
                    .all());
            log.debug("channel.group-begins group={} offsets={}", group, offsets);
        } catch (UnknownMemberIdException | GroupNotEmptyException e) {
            // Other members are running: they have declared the group.
            log.debug("channel.group-running group={}", group);
        }
    }

    private TopicDescription described(String topic) {
        return describe(topic)
                .orElseThrow(() -> new ChannelUnavailableException("Kafka does not know the topic " + topic + " yet"));
    }

    private Optional<TopicDescription> describe(String topic) {
        try {
            return Optional.ofNullable(call(admin().describeTopics(List.of(topic), within(new DescribeTopicsOptions()))
                            .allTopicNames())
                    .get(topic));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        } catch (AuthorizationException e) {
            throw new IllegalStateException(
                    "This user may not see the topic " + topic + ": allow DESCRIBE, READ and WRITE", e);
        }
    }

    private boolean create(String topic) {
        NewTopic wanted = new NewTopic(topic, settings.partitions(), settings.replication())
                .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(clients.recordSize())));
        try {
            call(admin().createTopics(List.of(wanted), within(new CreateTopicsOptions()))
                    .all());
            return true;
        } catch (TopicExistsException e) {
            return false;
        } catch (AuthorizationException e) {
            throw new IllegalStateException(
                    "The topic " + topic + " is missing and this user may not create it: create it with "
                            + settings.partitions() + " partitions, or allow CREATE",
                    e);
        } catch (InvalidPartitionsException | InvalidConfigurationException | PolicyViolationException e) {
            // No event has part in this, so what the cluster says quotes none.
            throw new IllegalStateException(
                    "The topic " + topic + " is missing and the cluster does not create it (" + e.getMessage()
                            + "): change eventful.broker.kafka.replication or partitions, or create it",
                    e);
        }
    }

    private Admin admin() {
        Admin open = admin;
        if (open == null) {
            open = clients.admin();
            admin = open;
        }
        if (!closed) return open;
        open.close(Duration.ZERO);
        throw new ChannelUnavailableException("The channels are closed");
    }

    private <T extends AbstractOptions<T>> T within(T options) {
        return options.timeoutMs(time.millis());
    }

    private <T> T call(KafkaFuture<T> future) {
        long begin = System.nanoTime();
        try {
            T answer = future.get(time.millis() + SPARE_MILLIS, TimeUnit.MILLISECONDS);
            time.answered(Duration.ofNanos(System.nanoTime() - begin));
            return answer;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthenticationException cause)
                throw new ChannelUnavailableException(
                        "Kafka at " + clients.servers()
                                + " does not let the gateway in: check eventful.broker.kafka.properties",
                        cause);
            if (e.getCause() instanceof RetriableException cause
                    && !(cause instanceof UnknownTopicOrPartitionException)) throw away(cause);
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw away(e);
        } catch (TimeoutException e) {
            throw away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelUnavailableException("The channels are closed", e);
        }
    }

    private ChannelUnavailableException away(Exception cause) {
        time.missed();
        return new ChannelUnavailableException(
                "Kafka does not respond at " + clients.servers() + " (eventful.broker.kafka.bootstrap-servers)", cause);
    }

    /** Ends the call that waits for the cluster, if there is one, and all that follow. Any thread. */
    @Override
    public void close() {
        closed = true;
        Admin open = admin;
        if (open != null) open.close(Duration.ZERO);
    }
}
