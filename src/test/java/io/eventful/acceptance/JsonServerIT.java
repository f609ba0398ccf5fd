package io.eventful.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.eventful.harness.AdminClient;
import io.eventful.harness.GatewayProcess;
import io.eventful.harness.JsonServer;
import io.eventful.harness.WebhookReceiver;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped routes before a REST server that somebody else wrote: each subscriber gets what its filter says. */
class JsonServerIT {

    private static final int WRITES = 200;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Random random = new Random(7);

    /** What a write must be told as. */
    private record Told(String type, String subject) {}

    @Test
    void eachSubscriberGetsExactlyTheMatchingEventsOnceAndInOrder() throws Exception {
        assumeThat(JsonServer.available()).as("npm installs json-server").isTrue();
        try (JsonServer system = JsonServer.start(folder, "{\"customers\":[],\"orders\":[]}");
                GatewayProcess gateway = GatewayProcess.run(folder, system.address());
                WebhookReceiver all = new WebhookReceiver();
                WebhookReceiver customers = new WebhookReceiver();
                WebhookReceiver deletions = new WebhookReceiver()) {
            AdminClient admin = gateway.adminClient();
            subscribe(admin, all, "");
            subscribe(admin, customers, "\"filters\":[{\"prefix\":{\"subject\":\"/customers/\"}}]");
            subscribe(
                    admin,
                    deletions,
                    "\"filters\":[{\"any\":[{\"suffix\":{\"type\":\".deleted\"}},"
                            + "{\"all\":[{\"exact\":{\"type\":\"orders.created\"}},{\"not\":{\"prefix\":{\"subject\":\"/customers\"}}}]}]}]");

            List<Told> told = write(gateway);

            expect(all, told, event -> true);
            expect(customers, told, event -> event.subject().startsWith("/customers/"));
            expect(
                    deletions,
                    told,
                    event -> event.type().endsWith(".deleted") || event.type().equals("orders.created"));
        }
    }

    private static void subscribe(AdminClient admin, WebhookReceiver receiver, String more) {
        receiver.secret(
                admin.subscribe(receiver.address(), more).at("/config/secret").asText());
    }

    private void expect(WebhookReceiver receiver, List<Told> told, Predicate<Told> wanted) {
        List<Told> matching = told.stream().filter(wanted).toList();
        assertThat(matching).isNotEmpty();
        await().atMost(Duration.ofSeconds(60)).until(() -> receiver.events().size() >= matching.size());
        assertThat(receiver.refused()).isEmpty();
        assertThat(receiver.events()).extracting(CloudEvent::getId).doesNotHaveDuplicates();
        assertThat(bySubject(receiver.events().stream()
                        .map(event -> new Told(event.getType(), event.getSubject()))
                        .toList()))
                .isEqualTo(bySubject(matching));
        receiver.events().stream()
                .collect(java.util.stream.Collectors.groupingBy(CloudEvent::getSubject))
                .forEach((subject, events) -> assertThat(events)
                        .as("revisions of " + subject)
                        .extracting(event ->
                                Integer.parseInt(event.getExtension("revision").toString()))
                        .isSorted());
    }

    private static Map<String, List<String>> bySubject(List<Told> told) {
        Map<String, List<String>> types = new HashMap<>();
        for (Told one : told) {
            types.computeIfAbsent(one.subject(), subject -> new ArrayList<>()).add(one.type());
        }
        return types;
    }

    private List<Told> write(GatewayProcess gateway) throws Exception {
        List<Told> told = new ArrayList<>();
        Map<String, List<String>> items =
                new HashMap<>(Map.of("customers", new ArrayList<>(), "orders", new ArrayList<>()));
        for (int i = 0; i < WRITES; i++) {
            String collection = random.nextBoolean() ? "customers" : "orders";
            List<String> present = items.get(collection);
            int choice = present.isEmpty() ? 0 : random.nextInt(5);
            if (choice <= 1) {
                HttpResponse<String> reply =
                        call(gateway, "POST", "/" + collection, "{\"name\":\"n" + i + "\",\"total\":1.10}");
                assertThat(reply.statusCode()).isEqualTo(201);
                JsonNode item = AdminClient.parse(reply.body());
                String subject = "/" + collection + "/" + item.get("id").asText();
                present.add(subject);
                told.add(new Told(collection + ".created", subject));
            } else {
                String subject = present.get(random.nextInt(present.size()));
                String method = choice == 2 ? "PUT" : choice == 3 ? "PATCH" : "DELETE";
                String body = choice == 4 ? "" : "{\"name\":\"changed" + i + "\"}";
                assertThat(call(gateway, method, subject, body).statusCode()).isEqualTo(200);
                if (choice == 4) present.remove(subject);
                told.add(new Told(collection + (choice == 4 ? ".deleted" : ".updated"), subject));
            }
        }
        return told;
    }

    private HttpResponse<String> call(GatewayProcess gateway, String method, String path, String body)
            throws Exception {
        HttpRequest.BodyPublisher publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return client.send(
                HttpRequest.newBuilder(gateway.data().resolve(path))
                        .header("Content-Type", "application/json")
                        .method(method, publisher)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
