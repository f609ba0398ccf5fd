package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.eventful.channel.Channels;
import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples as they are shipped, all loaded together, with the gateway's real parts around them. */
class ExamplesTest {

    @TempDir
    static Path folder;

    private static HttpServer crm;
    private static LiveGateway gateway;
    private static final MockProducer<Object, Object> KAFKA = kafka();
    private static final List<String> PUTS = new CopyOnWriteArrayList<>();

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static MockProducer<Object, Object> kafka() {
        return new MockProducer(Cluster.empty(), true, null, new StringSerializer(), new StringSerializer());
    }

    /** The client of the Kafka library is where the example ends; what it is given is looked at there. */
    static final class Clients extends DefaultKafkaClientFactory {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Producer getProducer(Properties properties) {
            return KAFKA;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        crm = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        crm.createContext("/customers/9", exchange -> {
            byte[] body = (exchange.getRequestMethod().equals("GET") ? "{\"name\":\"Ada\"}" : "{}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        crm.createContext("/contacts/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            PUTS.add(
                    exchange.getRequestMethod() + ' ' + exchange.getRequestURI().getPath() + ' ' + body);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        crm.start();
        gateway = new LiveGateway(
                folder.resolve("data"),
                Path.of("routes/examples"),
                Map.of(
                        "crm.url", "http://127.0.0.1:" + crm.getAddress().getPort(),
                        "replica.system", "http://127.0.0.1:" + crm.getAddress().getPort(),
                        "replica.url", "jdbc:sqlite:" + folder.resolve("replica.db"),
                        "archive.folder", folder.resolve("archive").toString(),
                        "camel.component.kafka.kafka-client-factory", "#class:" + Clients.class.getName()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        crm.stop(0);
    }

    private static List<Event> listen(String channel) {
        List<Event> events = new CopyOnWriteArrayList<>();
        Channels channels = gateway.bean(Channels.class);
        channels.consume(channel, "test-of-" + channel, event -> {
            events.add(event);
            return CompletableFuture.completedFuture(null);
        });
        return events;
    }

    private static void put(String path, String json) {
        assertThat(gateway.call("PUT", path, json).statusCode()).isBetween(200, 201);
    }

    @Test
    void aChangeIsToldInAllThreeWays() {
        List<Event> notifications = listen("invoice-notifications");
        List<Event> states = listen("invoice-states");
        List<Event> changes = listen("invoice-changes");
        put("/invoices/1", "{\"total\":10.50}");
        await().until(() -> notifications.size() + states.size() + changes.size() == 3);
        assertThat(EventJson.tree(notifications.getFirst()).at("/data/link").asText())
                .isEqualTo(gateway.data("/invoices/1").toString().replace("127.0.0.1", "localhost"));
        assertThat(EventJson.tree(states.getFirst()).at("/data/state/total").asText())
                .isEqualTo("10.5");
        assertThat(EventJson.tree(changes.getFirst()).at("/data/patch/0/op").asText())
                .isNotEmpty();
        assertThat(states.getFirst().type()).isEqualTo("invoice.created");
    }

    @Test
    void anotherSystemsReplyEnrichesTheNotification() {
        List<Event> events = listen("order-notifications");
        put("/orders/1", "{\"customer\":9}");
        await().until(() -> !events.isEmpty());
        assertThat(EventJson.tree(events.getFirst()).at("/data/title").asText()).isEqualTo("New order from Ada");
    }

    @Test
    void aForeignTopicGetsTheEventUnderTheItemsKey() {
        assertThat(gateway.camel().getComponent("kafka", KafkaComponent.class).getKafkaClientFactory())
                .isInstanceOf(Clients.class);
        put("/products/7", "{\"name\":\"lamp\"}");
        await().until(() -> !KAFKA.history().isEmpty());
        var sent = KAFKA.history().getFirst();
        assertThat(sent.topic()).isEqualTo("warehouse.products");
        assertThat(sent.key()).isEqualTo("/products/7");
        String value = gateway.camel().getTypeConverter().convertTo(String.class, sent.value());
        assertThat(EventJson.read(Json.parse(value)).type()).isEqualTo("product.created");
    }

    @Test
    void theHistoryOfContractsIsAFileOfJsonLines() throws Exception {
        put("/contracts/1", "{\"state\":\"draft\"}");
        put("/contracts/1", "{\"state\":\"signed\"}");
        Path file = folder.resolve("archive/contracts.ndjson");
        await().until(() -> Files.exists(file) && Files.readAllLines(file).size() == 2);
        JsonNode second = Json.parse(Files.readAllLines(file).get(1));
        assertThat(second.at("/data/patch/0/value").asText()).isEqualTo("signed");
        assertThat(second.path("revision").asText()).isEqualTo("2");
    }

    @Test
    void postedFeedbackBecomesAnEvent() {
        List<Event> events = listen("feedback");
        assertThat(gateway.call("POST", "/feedback/docs", "{\"stars\":5}").statusCode())
                .isEqualTo(400);
        HttpResponse<String> response =
                gateway.call("POST", "/feedback/docs", "{\"stars\":5}", "Idempotency-Key", "f1");
        assertThat(response.statusCode()).isEqualTo(202);
        await().until(() -> !events.isEmpty());
        Event event = events.getFirst();
        assertThat(event.id()).isEqualTo("f1");
        assertThat(event.subject()).isEqualTo("/feedback/docs");
        assertThat(EventJson.tree(event).at("/data/stars").asInt()).isEqualTo(5);
    }

    @Test
    void aReplicaFollowsPatchesByRevisionWhateverIsRepeated() throws Exception {
        List<Event> events = listen("contact-changes");
        put("/contacts/5", "{\"name\":\"Ada\",\"tags\":[\"a\"]}");
        put("/contacts/5", "{\"name\":\"Ada\",\"tags\":[\"a\",\"b\"],\"balance\":1.5}");
        await().until(() -> PUTS.size() == 2 && events.size() == 2);
        String whole = "{\"name\":\"Ada\",\"tags\":[\"a\",\"b\"],\"balance\":1.5}";
        assertThat(replica("/contacts/5")).isEqualTo("2 " + whole);
        assertThat(PUTS).last().isEqualTo("PUT /contacts/5 " + whole);
        // A broker may give an event again, also after a later one: another id, so that it is no repeat to the gateway.
        for (int i : new int[] {0, 1})
            gateway.bean(Channels.class)
                    .publish("contact-changes", events.get(i).withId("again-" + i))
                    .toCompletableFuture()
                    .join();
        await().until(() -> PUTS.size() == 3);
        assertThat(PUTS).last().isEqualTo("PUT /contacts/5 " + whole);
        assertThat(replica("/contacts/5")).isEqualTo("2 " + whole);
        assertThat(gateway.call("DELETE", "/contacts/5", "").statusCode()).isLessThan(300);
        await().until(() -> PUTS.size() == 4);
        assertThat(PUTS).last().isEqualTo("DELETE /contacts/5 ");
        assertThat(replica("/contacts/5")).isEqualTo("3 null");
    }

    private static String replica(String subject) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("replica.db"));
                var query = connection.prepareStatement("SELECT revision, document FROM contact WHERE subject = ?")) {
            query.setString(1, subject);
            try (var row = query.executeQuery()) {
                return row.next() ? row.getLong(1) + " " + row.getString(2) : "none";
            }
        }
    }

    @Test
    void noExampleIsInAShortFormOrRaisesAnotherWarning() {
        // Whose channels are read by other clients of the broker is not for an example to say.
        assertThat(gateway.routes().state().lastReload().orElseThrow().problems())
                .extracting(RouteProblem::rule)
                .containsOnly("channel-never-read");
    }
}
