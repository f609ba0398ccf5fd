package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic of somebody else that takes less at once than the gateway sends. */
class KafkaSmallTopicIT {

    private static final int LIMIT = 12_000;
    private static final int EVENTS = 500;

    @TempDir
    Path folder;

    @Test
    void manyEventsAtOnceAreTakenInOrderAndOneThatIsTooLargeIsRefused() throws Exception {
        assumeTrue(KafkaServer.available(), "no Kafka artefacts: run through Maven");
        try (KafkaServer server = KafkaServer.start(folder);
                KafkaBroker broker = new KafkaBroker(
                        ChannelFixture.kafka(server.bootstrapServers(), Map.of(), ChannelFixture.consume(16, 1)),
                        KafkaMembers.nameless())) {
            KafkaStranger stranger = new KafkaStranger(server);
            stranger.create("small", LIMIT);
            broker.start();
            List<CompletableFuture<Void>> taken = new ArrayList<>();
            for (int i = 1; i <= EVENTS; i++)
                taken.add(broker.send("small", ChannelFixture.event("/k/1", i, new byte[1_000]))
                        .toCompletableFuture());
            assertThatCode(() -> CompletableFuture.allOf(taken.toArray(CompletableFuture[]::new))
                            .get(1, TimeUnit.MINUTES))
                    .as("each is taken before its time, %s, is over", ChannelFixture.PUBLISH.timeout())
                    .doesNotThrowAnyException();
            assertThat(stranger.read("small", EVENTS))
                    .extracting(record -> KafkaStranger.header(record, "ce_id"))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, EVENTS)
                            .mapToObj(i -> "evt_" + i)
                            .toList());
            CompletableFuture<Void> large = broker.send("small", ChannelFixture.event("/k/1", 1, new byte[2 * LIMIT]))
                    .toCompletableFuture();
            assertThatThrownBy(() -> large.get(1, TimeUnit.MINUTES))
                    .hasCauseInstanceOf(EventTooLargeException.class)
                    .hasMessageContaining("max.message.bytes");
        }
    }
}
