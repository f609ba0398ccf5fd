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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events for topics that do not exist yet. */
class KafkaNewTopicIT {

    private static final int TOPICS = 40;
    private static final int EVENTS = 20;

    /** Each of them in a batch of its own, so that several are on their way when a partition gets its leader. */
    private static final Map<String, String> MANY_BATCHES = Map.of("batch.size", "0", "linger.ms", "0");

    @TempDir
    Path folder;

    /** A batch that the leader has missed would fail only when {@link ChannelFixture#PUBLISH} gives it up. */
    @Test
    void manyEventsAtOnceAreTakenByATopicThatIsMadeForThem() {
        assumeTrue(KafkaServer.available(), "no Kafka artefacts: run through Maven");
        try (KafkaServer server = KafkaServer.start(folder);
                KafkaBroker broker = new KafkaBroker(
                        ChannelFixture.kafka(server.bootstrapServers(), MANY_BATCHES, ChannelFixture.consume(16, 1)),
                        KafkaMembers.nameless())) {
            broker.start();
            List<CompletableFuture<Void>> taken = new ArrayList<>();
            for (int topic = 0; topic < TOPICS; topic++)
                for (int i = 1; i <= EVENTS; i++)
                    taken.add(broker.send("new-" + topic, ChannelFixture.event("/k/" + i, i))
                            .toCompletableFuture());
            assertThatCode(() -> CompletableFuture.allOf(taken.toArray(CompletableFuture[]::new))
                            .get(2, TimeUnit.MINUTES))
                    .as("each is taken before its time, %s, is over", ChannelFixture.PUBLISH.timeout())
                    .doesNotThrowAnyException();
        }
    }

    /** As where it asks for more copies than there are brokers. */
    @Test
    void aTopicThatTheClusterDoesNotMakeIsNamedWithTheReasonAndTheSetting() {
        assumeTrue(KafkaServer.available(), "no Kafka artefacts: run through Maven");
        try (KafkaServer server = KafkaServer.start(folder);
                KafkaBroker broker = new KafkaBroker(copies(server, (short) 3), KafkaMembers.nameless())) {
            broker.start();
            assertThatThrownBy(() ->
                            broker.declare("lost", "a").toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .cause()
                    .satisfies(failure -> assertThat(Failures.reason(failure))
                            .contains("The topic lost is missing")
                            .contains("The target replication factor of 3 cannot be reached")
                            .contains("eventful.broker.kafka.replication"));
        }
    }

    private static BrokerSettings copies(KafkaServer server, short copies) {
        BrokerSettings one = ChannelFixture.kafka(server.bootstrapServers(), Map.of(), ChannelFixture.consume(16, 1));
        return new BrokerSettings(
                one.kind(),
                one.artemis(),
                new BrokerSettings.Kafka(server.bootstrapServers(), 3, copies, Map.of()),
                one.publish(),
                one.consume());
    }
}
