package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

class KafkaOffsetsTest {

    private static final TopicPartition PARTITION = new TopicPartition("c", 0);

    private final List<Duration> waited = new ArrayList<>();
    private final KafkaPatience patience = new KafkaPatience();
    private boolean away = true;

    /** A client whose cluster may be away. */
    private final class Client extends MockConsumer<byte[], byte[]> {

        Client() {
            super("earliest");
            assign(List.of(PARTITION));
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            waited.add(timeout);
            if (away) throw new TimeoutException("no answer");
            super.commitSync(offsets, timeout);
        }
    }

    /** A client that is told of each commit's end when the test says so. */
    private static final class Slow extends MockConsumer<byte[], byte[]> {
        private final List<Map<TopicPartition, OffsetAndMetadata>> offered = new ArrayList<>();
        private final List<OffsetCommitCallback> callbacks = new ArrayList<>();

        Slow() {
            super("earliest");
            assign(List.of(PARTITION));
            updateBeginningOffsets(Map.of(PARTITION, 0L));
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            offered.add(offsets);
            callbacks.add(callback);
        }

        void end(int commit, Exception failure) {
            callbacks.get(commit).onComplete(offered.get(commit), failure);
        }

        List<Long> offsets() {
            return offered.stream().map(each -> each.get(PARTITION).offset()).toList();
        }
    }

    private static void finish(KafkaOffsets offsets, Slow client, long offset) {
        Prefix<Long> prefix = offsets.of(PARTITION).prefix();
        prefix.finish(prefix.add(offset));
        commit(offsets, client);
    }

    /** Commits are made now and then; this one is. */
    private static void commit(KafkaOffsets offsets, Slow client) {
        int before = client.offered.size();
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofMillis(500))
                .until(() -> {
                    offsets.commit(client);
                    return client.offered.size() > before;
                });
    }

    @Test
    void aCommitThatFailedDoesNotTakeTheGroupBackBehindALaterOne() {
        KafkaOffsets offsets = new KafkaOffsets("group", patience);
        try (Slow client = new Slow()) {
            finish(offsets, client, 9);
            finish(offsets, client, 19);
            client.end(1, null);
            client.end(0, new TimeoutException("no answer"));
            assertThatThrownBy(() -> commit(offsets, client)).isInstanceOf(ConditionTimeoutException.class);
            assertThat(client.offsets()).containsExactly(10L, 20L);
            finish(offsets, client, 29);
            client.end(2, new TimeoutException("no answer"));
            commit(offsets, client);
            assertThat(client.offsets()).containsExactly(10L, 20L, 30L, 30L);
        }
    }

    /** Behind the last record there may be the end of a transaction, which is none. */
    @Test
    void whatIsNoRecordIsCommittedWhenNothingBeforeItIsUnderWay() {
        KafkaOffsets offsets = new KafkaOffsets("group", patience);
        try (Slow client = new Slow()) {
            Prefix<Long> prefix = offsets.of(PARTITION).prefix();
            Prefix.Entry<Long> record = prefix.add(9L);
            client.seek(PARTITION, 12);
            assertThatThrownBy(() -> commit(offsets, client)).isInstanceOf(ConditionTimeoutException.class);
            prefix.finish(record);
            commit(offsets, client);
            assertThatThrownBy(() -> commit(offsets, client)).isInstanceOf(ConditionTimeoutException.class);
            client.seek(PARTITION, 13);
            commit(offsets, client);
            assertThat(client.offsets()).containsExactly(12L, 13L);
        }
    }

    private void endOne() {
        KafkaOffsets offsets = new KafkaOffsets("group", patience);
        Prefix<Long> prefix = offsets.of(PARTITION).prefix();
        prefix.finish(prefix.add(7L));
        try (Client client = new Client()) {
            offsets.commitNow(client, offsets.partitions());
        }
    }

    @Test
    void whereTheClusterDoesNotAnswerOneConsumerTheOthersEndSoon() {
        for (int i = 0; i < 20; i++) endOne();
        away = false;
        endOne();
        endOne();
        assertThat(waited.subList(0, 20).stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(KafkaPatience.MOST, KafkaPatience.MOST.multipliedBy(2));
        assertThat(waited.getFirst()).isEqualTo(KafkaPatience.MOST);
        assertThat(waited.getLast()).isEqualTo(KafkaPatience.MOST);
    }
}
