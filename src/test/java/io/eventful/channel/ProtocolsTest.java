package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Plain AMQP, MQTT and STOMP clients at the embedded broker: each reads what is published, and publishes. */
class ProtocolsTest {

    private static final String STRUCTURED =
            "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/stranger\",\"type\":\"t\",\"data\":{\"n\":1.10}}";

    @TempDir
    Path folder;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
    private final int amqp = BrokerProcess.freePort();
    private final int mqtt = BrokerProcess.freePort();
    private final int stomp = BrokerProcess.freePort();
    private AnnotationConfigApplicationContext store;
    private DefaultChannels channels;

    @BeforeEach
    void start() {
        store = ChannelFixture.store(folder);
        BrokerSettings settings = ChannelFixture.artemis(speaking(), ChannelFixture.consume(16, 2));
        channels = new DefaultChannels(
                settings,
                new ChannelsSettings(Map.of()),
                ChannelFixture.publications(store),
                kind -> new ArtemisBroker(settings, new EmbeddedArtemis(settings.artemis(), folder)),
                () -> false,
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

    private BrokerSettings.Artemis speaking() {
        return new BrokerSettings.Artemis(
                null,
                null,
                new BrokerSettings.Protocols("127.0.0.1:" + amqp, "127.0.0.1:" + mqtt, "127.0.0.1:" + stomp),
                "user",
                "secret",
                "artemis",
                ChannelFixture.EMBEDDED.memory(),
                100,
                1000,
                ChannelFixture.EMBEDDED.callTimeout());
    }

    @AfterEach
    void stop() {
        channels.close();
        timer.shutdownNow();
        store.close();
    }

    private Event publish() {
        Event event = ChannelFixture.event("/customers/42", 7);
        channels.publish("c", event)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        return event;
    }

    private void arrives(String id) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(received)
                        .filteredOn(event -> event.id().equals(id))
                        .singleElement()
                        .satisfies(event -> assertThat(event.data())
                                .asString(StandardCharsets.UTF_8)
                                .isEqualTo("{\"n\":1.10}")));
    }

    @Test
    void amqp() throws Exception {
        JmsConnectionFactory factory = new JmsConnectionFactory("amqp://127.0.0.1:" + amqp);
        assertThatThrownBy(() -> factory.createContext("user", "wrong").start())
                .isInstanceOf(jakarta.jms.JMSRuntimeException.class);
        try (JMSContext jms = factory.createContext("user", "secret")) {
            JMSConsumer consumer = jms.createConsumer(jms.createTopic("c"));
            Event event = publish();
            Message message = consumer.receive(30_000);
            assertThat(message.getBody(byte[].class)).isEqualTo(event.data());
            assertThat(message.getStringProperty("cloudEvents_id")).isEqualTo("evt_7");
            assertThat(message.getStringProperty("JMSXGroupID")).isEqualTo("/customers/42");
            jms.createProducer()
                    .setProperty("cloudEvents_specversion", "1.0")
                    .setProperty("cloudEvents_id", "binary")
                    .setProperty("cloudEvents_source", "/stranger")
                    .setProperty("cloudEvents_type", "t")
                    .setProperty("cloudEvents_datacontenttype", "application/json")
                    .send(jms.createTopic("c"), "{\"n\":1.10}".getBytes(StandardCharsets.UTF_8));
            jms.createProducer().send(jms.createTopic("c"), STRUCTURED.formatted("text"));
        }
        arrives("binary");
        arrives("text");
    }

    @Test
    void mqtt() throws Exception {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + mqtt, "plain", new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName("user");
        options.setPassword("wrong".toCharArray());
        assertThatThrownBy(() -> client.connect(options)).isInstanceOf(MqttException.class);
        options.setPassword("secret".toCharArray());
        client.connect(options);
        BlockingQueue<MqttMessage> messages = new LinkedBlockingQueue<>();
        client.subscribe("c", 1, (topic, message) -> messages.add(message));
        Event event = publish();
        MqttMessage message = messages.poll(30, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        assertThat(message.getPayload()).isEqualTo(event.data());
        client.publish("c", STRUCTURED.formatted("mqtt").getBytes(StandardCharsets.UTF_8), 1, false);
        arrives("mqtt");
        client.disconnect();
        client.close();
    }

    @Test
    void stomp() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", stomp)) {
            socket.setSoTimeout(30_000);
            frame(socket, "CONNECT\naccept-version:1.2\nhost:c\nlogin:user\npasscode:secret\n\n");
            assertThat(frame(socket)).startsWith("CONNECTED");
            frame(socket, "SUBSCRIBE\nid:1\ndestination:c\nsubscription-type:MULTICAST\nreceipt:r1\n\n");
            assertThat(frame(socket)).startsWith("RECEIPT");
            Event event = publish();
            assertThat(frame(socket))
                    .startsWith("MESSAGE")
                    .contains("cloudEvents_id:evt_7")
                    .endsWith(new String(event.data(), StandardCharsets.UTF_8));
            frame(socket, "SEND\ndestination:c\ndestination-type:MULTICAST\n\n" + STRUCTURED.formatted("stomp"));
            arrives("stomp");
        }
        try (Socket socket = new Socket("127.0.0.1", stomp)) {
            socket.setSoTimeout(30_000);
            frame(socket, "CONNECT\naccept-version:1.2\nhost:c\nlogin:user\npasscode:wrong\n\n");
            assertThat(frame(socket)).startsWith("ERROR");
        }
    }

    private static void frame(Socket socket, String text) throws Exception {
        socket.getOutputStream().write((text + "\0").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static String frame(Socket socket) throws Exception {
        InputStream in = socket.getInputStream();
        StringBuilder frame = new StringBuilder();
        for (int next = in.read(); next > 0; next = in.read()) frame.append((char) next);
        return frame.toString().strip();
    }

    @Test
    void aPortWithoutAPasswordOrAnUnreadablePlaceStopsTheStartWithItsKey() {
        assertThatThrownBy(() -> new BrokerSettings.Protocols("5672", null, null))
                .hasMessageContaining("eventful.broker.artemis.protocols.amqp")
                .hasMessageContaining("host:port");
        BrokerSettings.Protocols open = new BrokerSettings.Protocols(null, "127.0.0.1:1883", null);
        assertThatThrownBy(() -> new BrokerSettings.Artemis(
                        null,
                        null,
                        open,
                        null,
                        null,
                        "artemis",
                        ChannelFixture.EMBEDDED.memory(),
                        100,
                        1000,
                        ChannelFixture.EMBEDDED.callTimeout()))
                .hasMessageContaining("artemis.protocols")
                .hasMessageContaining("password");
    }

    @Test
    void aPortThatIsTakenStopsTheStart() {
        EmbeddedArtemis second = new EmbeddedArtemis(speaking(), folder.resolve("second"));
        assertThatThrownBy(second::start)
                .hasMessageStartingWith("eventful.broker.artemis")
                .hasMessageContaining(" to 127.0.0.1:");
    }
}
