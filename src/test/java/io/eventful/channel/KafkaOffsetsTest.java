package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
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
