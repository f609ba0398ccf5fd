package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The embedded broker with a port for each protocol, and a consumer of the gateway at its channel {@code c}. */
abstract class ProtocolsFixture {

    static final String STRUCTURED =
            "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/stranger\",\"type\":\"t\",\"data\":{\"n\":1.10}}";

    @TempDir
    Path folder;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    final ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
    private AnnotationConfigApplicationContext store;
    DefaultChannels channels;
    EmbeddedArtemis embedded;

    @BeforeEach
    void start() {
        store = ChannelFixture.store(folder);
        BrokerSettings settings = ChannelFixture.artemis(speaking(0), ChannelFixture.consume(16, 2));
        embedded = new EmbeddedArtemis(settings.artemis(), folder);
        channels = new DefaultChannels(
                settings,
                new ChannelsSettings(Map.of()),
                ChannelFixture.publications(store),
                kind -> new ArtemisBroker(settings, embedded),
                null,
                timer);
        channels.start();
        channels.consume("c", "gateway", event -> {
            received.add(event);
            return CompletableFuture.completedStage(null);
        });
        channels.declare("c", "gateway")
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    static BrokerSettings.Artemis speaking(int port) {
        String place = "127.0.0.1:" + port;
        return new BrokerSettings.Artemis(
                null,
                null,
                new BrokerSettings.Protocols(place, place, place),
                "user",
                "secret",
                "artemis",
                ChannelFixture.EMBEDDED.memory(),
                100,
                1000,
                ChannelFixture.EMBEDDED.callTimeout());
    }

    /** Where the broker listens to a protocol. */
    int port(String protocol) {
        return embedded.server().getRemotingService().getAcceptor(protocol).getActualPort();
    }

    @AfterEach
    void stop() {
        channels.close();
        timer.shutdownNow();
        store.close();
    }

    Event publish() {
        Event event = ChannelFixture.event("/customers/42", 7);
        channels.publish("c", event)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        return event;
    }

    void arrives(String id) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(received)
                        .filteredOn(event -> event.id().equals(id))
                        .singleElement()
                        .satisfies(event -> assertThat(event.data())
                                .asString(StandardCharsets.UTF_8)
                                .isEqualTo("{\"n\":1.10}")));
    }

    /** A STOMP client that has signed in. */
    Socket stompClient() throws Exception {
        Socket socket = new Socket("127.0.0.1", port("STOMP"));
        socket.setSoTimeout(30_000);
        frame(socket, "CONNECT\naccept-version:1.2\nhost:c\nlogin:user\npasscode:secret\n\n");
        assertThat(frame(socket)).startsWith("CONNECTED");
        return socket;
    }

    /** An MQTT client that has signed in, and does not connect again by itself. */
    MqttClient mqttClient(String id) throws MqttException {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + port("MQTT"), id, new MemoryPersistence());
        client.setTimeToWait(30_000);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName("user");
        options.setPassword("secret".toCharArray());
        client.connect(options);
        return client;
    }

    static void frame(Socket socket, String text) throws Exception {
        socket.getOutputStream().write((text + "\0").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    static String frame(Socket socket) throws Exception {
        InputStream in = socket.getInputStream();
        StringBuilder frame = new StringBuilder();
        for (int next = in.read(); next > 0; next = in.read()) frame.append((char) next);
        return frame.toString().strip();
    }
}
