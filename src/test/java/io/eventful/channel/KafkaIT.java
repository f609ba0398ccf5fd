package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventful.event.Event;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The contract on Kafka. */
class KafkaIT extends BrokerContract {

    @TempDir
    static Path folder;

    private static KafkaServer server;

    @BeforeAll
    static void startBroker() {
        assumeTrue(KafkaServer.available(), "no Kafka artefacts: run through Maven");
        server = KafkaServer.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        if (server != null) server.close();
    }

    @Override
    BrokerSettings settings(BrokerSettings.Consume consume) {
        return ChannelFixture.kafka(server.bootstrapServers(), Map.of("session.timeout.ms", "10000"), consume);
    }

    @Override
    Broker broker(BrokerSettings settings, Path data) {
        return new KafkaBroker(settings, KafkaMembers.nameless());
    }

    @Override
    boolean suppressesRepeats() {
        return false;
    }

    @Override
    Channels another() {
        return open(ChannelFixture.consume(256, 3));
    }

    @Test
    void aKilledBrokerLosesNothingAndKeepsTheOrderOfEachKey() {
        OutageContract.killed(this, server.process(), () -> StockClient.kafka(server, channel, folder));
    }

    @Test
    @Tag("long")
    void aBrokerThatDoesNotAnswerForAWhileLosesNothingAndKeepsTheOrderOfEachKey() {
        OutageContract.frozen(this, server.process(), () -> StockClient.kafka(server, channel, folder));
    }

    @Test
    void theStartDoesNotNeedTheBrokerAndPublishingFailsInBoundedTime() {
        BrokerSettings away = new BrokerSettings(
                BrokerSettings.Kind.KAFKA,
                ChannelFixture.EMBEDDED,
                new BrokerSettings.Kafka("127.0.0.1:" + BrokerProcess.freePort(), 3, (short) 1, Map.of()),
                new BrokerSettings.Publish(
                        Duration.ofSeconds(1), 10, DataSize.ofMegabytes(32), DataSize.ofMegabytes(16)),
                ChannelFixture.consume(16, 2));
        assertUnavailable(away, new KafkaBroker(away, KafkaMembers.nameless()));
    }

    private ConcurrentLinkedQueue<Event> consume() {
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        declare("a");
        channels.consume(channel, "a", into(received));
        return received;
    }

    @Test
    void binaryAndStructuredEventsOfStrangersAreReceived() throws Exception {
        ConcurrentLinkedQueue<Event> received = consume();
        KafkaStranger stranger = new KafkaStranger(server);
        byte[] binary = {0, 1, 2, (byte) 0xff};
        stranger.send(
                channel,
                "k",
                binary,
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "binary",
                        "ce_source", "/stranger",
                        "ce_type", "t",
                        "content-type", "application/octet-stream"));
        String json = "{\"specversion\":\"1.0\",\"id\":\"structured\",\"source\":\"/stranger\",\"type\":\"t\","
                + "\"datacontenttype\":\"application/json\",\"data\":{\"n\":1.10}}";
        stranger.send(
                channel,
                "k",
                json.getBytes(StandardCharsets.UTF_8),
                Map.of("content-type", "application/cloudevents+json; charset=UTF-8"));
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(
                        () -> assertThat(received).extracting(Event::id).containsExactly("binary", "structured"));
        assertThat(received.poll().data()).isEqualTo(binary);
        assertThat(received.peek().key()).isEqualTo("k");
        assertThat(received.poll().data()).asString(StandardCharsets.UTF_8).isEqualTo("{\"n\":1.10}");
    }

    @Test
    void garbageGoesToTheDeadLettersWithItsReasonAndBodyAndStopsNobody() throws Exception {
        ConcurrentLinkedQueue<Event> received = consume();
        KafkaStranger stranger = new KafkaStranger(server);
        stranger.send(channel, "k", "no event at all".getBytes(StandardCharsets.UTF_8), Map.of("colour", "red"));
        stranger.send(channel, "k", new byte[0], Map.of("ce_specversion", "1.0", "ce_id", "x"));
        publish(ChannelFixture.event("k", 1));
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(received).extracting(Event::id).containsExactly("evt_1"));
        // What is no event has no order either.
        List<ConsumerRecord<String, String>> dead = stranger.read(channel + ".dead", 2).stream()
                .sorted(Comparator.comparing(
                        (ConsumerRecord<String, String> one) -> one.value().isEmpty()))
                .toList();
        assertThat(dead).extracting(ConsumerRecord::key).containsExactly("k", "k");
        assertThat(dead.getFirst().value()).isEqualTo("no event at all");
        assertThat(KafkaStranger.header(dead.getFirst(), "colour")).isEqualTo("red");
        assertThat(KafkaStranger.header(dead.getFirst(), "eventful_reason"))
                .isNotBlank()
                .doesNotContain("no event at all");
        assertThat(KafkaStranger.header(dead.getFirst(), "eventful_consumer")).isEqualTo("a");
        assertThat(KafkaStranger.header(dead.getFirst(), "eventful_channel")).isEqualTo(channel);
        assertThat(KafkaStranger.header(dead.getLast(), "eventful_reason")).contains("source");
    }

    @Test
    void whatAlwaysFailsIsADeadLetterThatSaysWhyAndWhoseAndIsTheEventStill() {
        declare("a");
        channels.consume(channel, "a", event -> CompletableFuture.failedStage(new IllegalStateException("not today")));
        publish(ChannelFixture.event("/bad", 1));
        ConsumerRecord<String, String> dead =
                new KafkaStranger(server).read(channel + ".dead", 1).getFirst();
        assertThat(Map.of(
                        "key", dead.key(),
                        "value", dead.value(),
                        "id", KafkaStranger.header(dead, "ce_id"),
                        "channel", KafkaStranger.header(dead, "eventful_channel"),
                        "consumer", KafkaStranger.header(dead, "eventful_consumer"),
                        "attempts", KafkaStranger.header(dead, "eventful_attempts")))
                .isEqualTo(Map.of(
                        "key", "/bad",
                        "value", "{\"n\":1}",
                        "id", "evt_1",
                        "channel", channel,
                        "consumer", "a",
                        "attempts", "3"));
        assertThat(KafkaStranger.header(dead, "eventful_reason")).contains("not today");
    }

    @Test
    void aTopicIsMadeWithAsManyPartitionsAsAreConfigured() {
        declare("a");
        assertThat(new KafkaStranger(server).partitions(channel)).isEqualTo(3);
    }

    /** As when the cluster has lost its data: whoever publishes tries again until the topic is there. */
    @Test
    void aTopicThatWasDeletedIsMadeAnewAndItsConsumersGoOn() throws Exception {
        ConcurrentLinkedQueue<Event> received = consume();
        publish(ChannelFixture.event("/k/1", 1));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).hasSize(1));
        new KafkaStranger(server).delete(channel);
        CompletableFuture<Void> published = new CompletableFuture<>();
        again(ChannelFixture.event("/k/1", 2), published);
        published.get(2, TimeUnit.MINUTES);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(received).extracting(Event::position).containsExactly(1L, 2L));
    }

    private void again(Event event, CompletableFuture<Void> published) {
        channels.publish(channel, event).whenComplete((ok, failure) -> {
            if (failure == null) published.complete(null);
            else if (failure.getCause() instanceof IllegalStateException) published.completeExceptionally(failure);
            else later.execute(() -> again(event, published));
        });
    }

    @Test
    void twoBrokersCarryAChannelEach() {
        BrokerSettings.Consume consume = ChannelFixture.consume(256, 3);
        BrokerSettings kafka = settings(consume);
        BrokerSettings both = new BrokerSettings(
                BrokerSettings.Kind.ARTEMIS, kafka.artemis(), kafka.kafka(), kafka.publish(), consume);
        ChannelsSettings named = new ChannelsSettings(
                Map.of("customers", new ChannelsSettings.Channel(BrokerSettings.Kind.KAFKA, channel)));
        try (DefaultChannels two = new DefaultChannels(
                both,
                named,
                publications,
                kind -> kind == BrokerSettings.Kind.KAFKA
                        ? broker(both, folder)
                        : new ArtemisBroker(both, new EmbeddedArtemis(both.artemis(), folder)),
                null,
                timer)) {
            two.start();
            ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
            for (String name : List.of("customers", "orders")) {
                two.declare(name, "a")
                        .toCompletableFuture()
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join();
                two.consume(name, "a", into(received));
            }
            assertThat(two.conditions())
                    .containsOnly(
                            Map.entry("artemis", Broker.Condition.CONNECTED),
                            Map.entry("kafka", Broker.Condition.CONNECTED));
            for (int i = 1; i <= 20; i++)
                two.publish(i % 2 == 0 ? "customers" : "orders", ChannelFixture.event("/k/" + i % 4, i))
                        .toCompletableFuture()
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join();
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(received).hasSize(20));
        }
        assertThat(new KafkaStranger(server).read(channel, 10))
                .extracting(record -> KafkaStranger.header(record, "ce_id"))
                .hasSize(10)
                .contains("evt_2", "evt_20")
                .doesNotContain("evt_1");
    }
}
