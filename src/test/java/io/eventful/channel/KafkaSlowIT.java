package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that always takes its time. */
class KafkaSlowIT {

    private static final Duration DELAY = Duration.ofMillis(300);

    /** A call needs several answers, of which each comes in time, and all together do not. */
    private static final Map<String, String> LESS = Map.of("default.api.timeout.ms", "500");

    @TempDir
    Path folder;

    @Test
    void aClusterThatIsSlowIsWaitedForLonger() throws Exception {
        assumeTrue(KafkaServer.available(), "no Kafka artefacts: run through Maven");
        try (SlowRelay relay = new SlowRelay(DELAY);
                KafkaServer server =
                        KafkaServer.start(folder, "PLAINTEXT", "advertised.listeners=PLAINTEXT://" + relay.address());
                KafkaBroker broker = new KafkaBroker(
                        ChannelFixture.kafka(relay.address(), LESS, ChannelFixture.consume(16, 1)),
                        KafkaMembers.nameless())) {
            relay.to(server.port());
            broker.start();
            CompletableFuture<Void> declared = broker.declare("slow", "a").toCompletableFuture();
            assertThatCode(() -> declared.get(40, TimeUnit.SECONDS)).doesNotThrowAnyException();
            CompletableFuture<Void> taken =
                    broker.send("slow", ChannelFixture.event("/k/1", 1)).toCompletableFuture();
            assertThatCode(() -> taken.get(40, TimeUnit.SECONDS)).doesNotThrowAnyException();
        }
    }
}
