package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** An external Artemis over TLS with a user, named by a list of which the first is down. */
class ArtemisSecureTest {

    @TempDir
    Path folder;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private AnnotationConfigApplicationContext store;
    private EmbeddedArtemis broker;
    private String url;

    @BeforeEach
    void start() throws Exception {
        store = ChannelFixture.store(folder);
        Certificate certificate = Certificate.create(folder);
        String place = "tcp://127.0.0.1:" + BrokerProcess.freePort() + "?sslEnabled=true&";
        String trust = "trustStorePath=" + certificate.file() + "&trustStorePassword=" + certificate.password();
        broker = new EmbeddedArtemis(
                artemis(
                        null,
                        place + "keyStorePath=" + certificate.file() + "&keyStorePassword=" + certificate.password()),
                folder.resolve("broker"));
        broker.start();
        url = "(tcp://127.0.0.1:" + BrokerProcess.freePort() + "?sslEnabled=true&" + trust + "," + place + trust + ")";
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
        broker.stop();
        store.close();
    }

    private static BrokerSettings.Artemis artemis(String url, String acceptor) {
        return new BrokerSettings.Artemis(
                url,
                acceptor,
                ChannelFixture.NO_PROTOCOLS,
                "user",
                "secret",
                "artemis",
                ChannelFixture.EMBEDDED.memory(),
                100,
                1000,
                Duration.ofSeconds(10));
    }

    private DefaultChannels open() {
        BrokerSettings settings = ChannelFixture.artemis(artemis(url, null), ChannelFixture.consume(16, 2));
        assertThat(settings.toString()).doesNotContain("secret");
        DefaultChannels channels = new DefaultChannels(
                settings,
                new ChannelsSettings(Map.of()),
                ChannelFixture.publications(store),
                kind -> new ArtemisBroker(settings, null),
                null,
                timer);
        channels.start();
        return channels;
    }

    @Test
    void eventsGoOverTlsWithAPasswordToTheOneThatIsUp() {
        try (DefaultChannels channels = open()) {
            ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
            channels.consume("c", "a", BrokerContract.into(received));
            CompletableFuture<Void> sent = channels.publish("c", ChannelFixture.event("/k", 1))
                    .toCompletableFuture()
                    .orTimeout(60, TimeUnit.SECONDS);
            sent.join();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(received).hasSize(1));
        }
    }
}
