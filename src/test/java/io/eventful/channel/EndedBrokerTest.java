package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker may be down, as it is after its disk has failed. */
class EndedBrokerTest {

    @TempDir
    Path folder;

    @Test
    void whatItKeepsIsNotTakenForNothing() {
        BrokerSettings settings = ChannelFixture.artemis(ChannelFixture.EMBEDDED, ChannelFixture.consume(16, 2));
        ArtemisBroker broker = new ArtemisBroker(settings, new EmbeddedArtemis(settings.artemis(), folder));
        broker.start();
        broker.declare("c", "a").toCompletableFuture().join();
        broker.send("c", ChannelFixture.event("/k/1", 1)).toCompletableFuture().join();
        await().untilAsserted(() -> assertThat(broker.kept("c", "a")).hasValue(1));
        broker.close();
        assertThat(broker.kept("c", "a")).isEmpty();
        assertThat(broker.orphans()).isEmpty();
    }
}
