package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A plain JMS client beside the gateway: it reads what is published, and publishes what the gateway reads. */
class ArtemisInteropTest {

    @TempDir
    Path folder;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
    private AnnotationConfigApplicationContext store;
    private DefaultChannels channels;
    private ActiveMQConnectionFactory factory;
    private JMSContext jms;

    @BeforeEach
    void start() {
        store = ChannelFixture.store(folder);
        int port = BrokerProcess.freePort();
        BrokerSettings settings = ChannelFixture.artemis(ChannelFixture.listening(port), ChannelFixture.consume(16, 2));
        EmbeddedArtemis embedded = new EmbeddedArtemis(settings.artemis(), folder);
        channels = new DefaultChannels(
                settings,
                new ChannelsSettings(Map.of()),
                ChannelFixture.publications(store),
                kind -> new ArtemisBroker(settings, embedded),
                null,
                timer);
        channels.start();
        channels.declare("c", "gateway")
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        factory = new ActiveMQConnectionFactory(ChannelFixture.address(port));
        jms = factory.createContext(ChannelFixture.CLIENT, ChannelFixture.CLIENT_PASSWORD);
    }

    @AfterEach
    void stop() {
        jms.close();
        factory.close();
        channels.close();
        timer.shutdownNow();
        store.close();
    }

    private void consume() {
        channels.consume("c", "gateway", event -> {
            received.add(event);
            return CompletableFuture.completedStage(null);
        });
    }

    @Test
    void aJmsClientReadsAPublishedEvent() throws Exception {
        JMSConsumer consumer = jms.createConsumer(jms.createTopic("c"));
        Event event = ChannelFixture.event("/customers/42", 7);
        channels.publish("c", event).toCompletableFuture().join();
        Message message = consumer.receive(10_000);
        assertThat(message).isInstanceOf(BytesMessage.class);
        assertThat(message.getBody(byte[].class)).isEqualTo(event.data());
        assertThat(message.getStringProperty("cloudEvents_specversion")).isEqualTo("1.0");
        assertThat(message.getStringProperty("cloudEvents_id")).isEqualTo("evt_7");
        assertThat(message.getStringProperty("cloudEvents_subject")).isEqualTo("/customers/42");
        assertThat(message.getStringProperty("cloudEvents_datacontenttype")).isEqualTo("application/json");
        assertThat(message.getStringProperty("cloudEvents_pattern")).isEqualTo("state");
        assertThat(message.getStringProperty("JMSXGroupID")).isEqualTo("/customers/42");
        assertThat(message.getStringProperty("_AMQ_DUPL_ID")).isEqualTo("evt_7");
        assertThat(message.getJMSTimestamp()).isEqualTo(event.time().toEpochMilli());
        assertThat(message.getJMSPriority()).isEqualTo(Message.DEFAULT_PRIORITY);
    }

    @Test
    void binaryAndStructuredEventsOfStrangersAreReceived() {
        consume();
        String json =
                "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/stranger\",\"type\":\"t\",\"data\":{\"n\":1.10}}";
        jms.createProducer()
                .setProperty("cloudEvents_specversion", "1.0")
                .setProperty("cloudEvents_id", "binary")
                .setProperty("cloudEvents_source", "/stranger")
                .setProperty("cloudEvents_type", "t")
                .setProperty("cloudEvents_datacontenttype", "text/plain")
                .send(jms.createTopic("c"), "hello".getBytes(StandardCharsets.UTF_8));
        jms.createProducer().send(jms.createTopic("c"), json.formatted("text"));
        jms.createProducer().send(jms.createTopic("c"), json.formatted("bytes").getBytes(StandardCharsets.UTF_8));
        await().untilAsserted(() -> assertThat(received).hasSize(3));
        assertThat(received).extracting(Event::id).containsExactlyInAnyOrder("binary", "text", "bytes");
        assertThat(received)
                .filteredOn(event -> !event.id().equals("binary"))
                .allSatisfy(event -> assertThat(event.data())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("{\"n\":1.10}"));
        assertThat(received)
                .filteredOn(event -> event.id().equals("binary"))
                .allSatisfy(event -> assertThat(event.data())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("hello"));
    }

    @Test
    void garbageGoesToTheDeadLettersWithItsReasonAndBodyAndStopsNobody() throws Exception {
        consume();
        jms.createProducer().setProperty("colour", "red").send(jms.createTopic("c"), "no event at all");
        jms.createProducer().send(jms.createTopic("c"), new byte[] {0, 1, 2});
        jms.createProducer()
                .setProperty("cloudEvents_specversion", "1.0")
                .setProperty("cloudEvents_id", "x")
                .send(jms.createTopic("c"), new byte[0]);
        channels.publish("c", ChannelFixture.event("/k", 1))
                .toCompletableFuture()
                .join();
        await().untilAsserted(() -> assertThat(received).hasSize(1));
        JMSConsumer dead = jms.createConsumer(jms.createQueue("c.dead"));
        Message text = dead.receive(10_000);
        assertThat(text.getBody(String.class)).isEqualTo("no event at all");
        assertThat(text.getStringProperty("colour")).isEqualTo("red");
        assertThat(text.getStringProperty("eventful_reason")).isNotBlank().doesNotContain("no event at all");
        assertThat(text.getStringProperty("eventful_consumer")).isEqualTo("gateway");
        Message bytes = dead.receive(10_000);
        assertThat(bytes.getBody(byte[].class)).containsExactly(0, 1, 2);
        assertThat(dead.receive(10_000).getStringProperty("eventful_reason")).contains("source");
        assertThat(dead.receiveNoWait()).isNull();
    }

    @Test
    void whatAlwaysFailsIsADeadLetterThatSaysWhyAndWhoseAndIsTheEventStill() throws Exception {
        channels.consume(
                "c", "gateway", event -> CompletableFuture.failedStage(new IllegalStateException("not today")));
        channels.publish("c", ChannelFixture.event("/bad", 1))
                .toCompletableFuture()
                .join();
        // The first dead letter makes the queue.
        Message dead = await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> jms.createConsumer(jms.createQueue("c.dead")), consumer -> true)
                .receive(30_000);
        assertThat(dead.getBody(byte[].class)).asString(StandardCharsets.UTF_8).isEqualTo("{\"n\":1}");
        assertThat(dead.getStringProperty("cloudEvents_id")).isEqualTo("evt_1");
        assertThat(dead.getStringProperty("cloudEvents_subject")).isEqualTo("/bad");
        assertThat(dead.getStringProperty("eventful_channel")).isEqualTo("c");
        assertThat(dead.getStringProperty("eventful_consumer")).isEqualTo("gateway");
        assertThat(dead.getStringProperty("eventful_reason")).contains("not today");
        assertThat(dead.getIntProperty("eventful_attempts")).isEqualTo(2);
    }

    @Test
    void aQueueNobodyConsumesAnyMoreIsReported() {
        channels.publish("c", ChannelFixture.event("/k", 1))
                .toCompletableFuture()
                .join();
        channels.close();
        BrokerSettings settings = ChannelFixture.artemis(ChannelFixture.EMBEDDED, ChannelFixture.consume(16, 2));
        channels = new DefaultChannels(
                settings,
                new ChannelsSettings(Map.of()),
                ChannelFixture.publications(store),
                kind -> new ArtemisBroker(settings, new EmbeddedArtemis(settings.artemis(), folder)),
                null,
                timer);
        channels.start();
        await().untilAsserted(
                        () -> assertThat(channels.orphans()).containsExactly(new Channels.Orphan("c", "gateway", 1)));
        channels.declare("c", "gateway");
        await().untilAsserted(() -> assertThat(channels.orphans()).isEmpty());
    }

    @Test
    void theAcceptorLetsInWhoKnowsThePassword() throws Exception {
        int port = BrokerProcess.freePort();
        String url = ChannelFixture.address(port);
        Path data = folder.resolve("listening");
        BrokerSettings.Artemis listening = ChannelFixture.listening(port);
        assertThat(listening.toString()).doesNotContain(ChannelFixture.CLIENT_PASSWORD);
        BrokerSettings settings = ChannelFixture.artemis(listening, ChannelFixture.consume(16, 2));
        try (DefaultChannels open = new DefaultChannels(
                        settings,
                        new ChannelsSettings(Map.of()),
                        ChannelFixture.publications(store),
                        kind -> new ArtemisBroker(settings, new EmbeddedArtemis(listening, data)),
                        null,
                        timer);
                ActiveMQConnectionFactory network = new ActiveMQConnectionFactory(url)) {
            open.start();
            open.declare("d", "gateway")
                    .toCompletableFuture()
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            assertThatThrownBy(() -> network.createContext(ChannelFixture.CLIENT, "wrong"))
                    .isInstanceOf(JMSSecurityRuntimeException.class);
            assertThatThrownBy(network::createContext).isInstanceOf(JMSSecurityRuntimeException.class);
            try (JMSContext client = network.createContext(ChannelFixture.CLIENT, ChannelFixture.CLIENT_PASSWORD)) {
                JMSConsumer consumer = client.createConsumer(client.createTopic("d"));
                open.publish("d", ChannelFixture.event("/k", 1))
                        .toCompletableFuture()
                        .join();
                assertThat(consumer.receive(10_000).getStringProperty("cloudEvents_id"))
                        .isEqualTo("evt_1");
            }
        }
    }
}
