package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.activemq.artemis.api.core.ActiveMQNonExistentQueueException;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtemisSubscriptionTest {

    @TempDir
    Path folder;

    /** It is tried again every few seconds, as long as the queue is missing or not allowed. */
    @Test
    void aSessionOnWhichNothingCanBeConsumedIsClosed() throws Exception {
        BrokerSettings settings = ChannelFixture.artemis(ChannelFixture.EMBEDDED, ChannelFixture.consume(16, 2));
        EmbeddedArtemis embedded = new EmbeddedArtemis(settings.artemis(), folder);
        embedded.start();
        ArtemisLink link = new ArtemisLink(settings.artemis(), embedded);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try {
            link.open(() -> {});
            ClientSession session = link.session();
            ArtemisSubscription subscription = new ArtemisSubscription(
                    new ArtemisBroker(settings, embedded),
                    "nowhere",
                    "a",
                    new Dispatcher(
                            "nowhere",
                            "a",
                            event -> CompletableFuture.completedStage(null),
                            settings.consume(),
                            Runnable::run,
                            timer));
            assertThatThrownBy(() -> subscription.open(session)).isInstanceOf(ActiveMQNonExistentQueueException.class);
            assertThat(session.isClosed()).isTrue();
            assertThat(subscription.isOpen()).isFalse();
        } finally {
            link.end();
            embedded.stop();
            timer.shutdownNow();
        }
    }
}
