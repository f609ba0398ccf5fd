package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.eventful.harness.AdminClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Holds what a running gateway answers, and takes, to what {@code openapi.yaml} says of it. */
class OpenApiRepliesTest {

    @RegisterExtension
    static final AdminRig rig = new AdminRig(AdminRig.CUSTOMERS);

    private static Description description;

    @BeforeAll
    static void read() {
        description = new Description(rig.admin.json("GET", "/openapi.json", ""));
    }

    @Test
    void whatIsAnsweredIsWhatItSays() {
        JsonNode made = expect(
                "POST",
                "/api/subscriptions",
                "/api/subscriptions",
                201,
                "{\"sink\":\"" + rig.receiver.address()
                        + "\",\"protocol\":\"HTTP\",\"filters\":[{\"prefix\":{\"subject\":\"/customers/\"}}]}");
        String id = made.get("id").asText();
        rig.receiver.secret(made.at("/config/secret").asText());
        String one = "/api/subscriptions/" + id;
        rig.gateway.call("PUT", "/customers/7", "{\"id\":7,\"name\":\"Ada\"}");
        rig.gateway.call("PUT", "/customers/7", "{\"id\":7,\"name\":\"Ada L.\",\"visits\":1.50}");
        rig.gateway.call("PUT", "/broken/1", "{\"id\":1}");
        rig.gateway.call("PUT", "/customers/8", "{\"id\":8}", "Prefer", "respond-async");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> rig.admin.all("/api/deliveries").size() >= 3);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !rig.admin.all("/api/routes/broken/parked").isEmpty());

        expect("GET", "/api/subscriptions", "/api/subscriptions?limit=1", 200, "");
        expect("GET", "/api/subscriptions/{id}", one, 200, "");
        expect(
                "PUT",
                "/api/subscriptions/{id}",
                one,
                200,
                "{\"sink\":\"" + rig.receiver.address()
                        + "\",\"protocol\":\"HTTP\",\"config\":{\"signatures\":[\"v1\",\"v1a\"],\"ratelimit\":50,\"labels\":{\"team\":\"crm\"}}}");
        expect("POST", "/api/subscriptions/{id}/pause", one + "/pause", 200, "");
        expect("POST", "/api/subscriptions/{id}/resume", one + "/resume", 200, "{\"held\":\"slow\",\"rate\":5}");
        expect("POST", "/api/subscriptions/{id}/rotate-secret", one + "/rotate-secret", 200, "");
        expect("POST", "/api/subscriptions/{id}/test", one + "/test", 200, "");
        expect("POST", "/api/subscriptions", "/api/subscriptions", 422, "{\"sink\":\"ftp://x\",\"protocol\":\"HTTP\"}");
        expect(
                "POST",
                "/api/subscriptions/import",
                "/api/subscriptions/import",
                200,
                "subscriptions:\n  crm:\n    sink: " + rig.receiver.address() + "\n");

        JsonNode deliveries = expect("GET", "/api/deliveries", "/api/deliveries?limit=2", 200, "");
        JsonNode empty =
                expect("GET", "/api/deliveries", "/api/deliveries?subscription=&state=&after=&limit=2", 200, "");
        assertThat(empty).as("parameters that are left empty are not given").isEqualTo(deliveries);
        String delivery = deliveries.at("/items/0/id").asText();
        String position = deliveries.at("/items/0/position").asText();
        String event = deliveries.at("/items/0/event").asText();
        JsonNode found =
                expect("GET", "/api/deliveries", "/api/deliveries?position=" + position + "&event=" + event, 200, "");
        assertThat(found.at("/items/0/event").asText()).isEqualTo(event);
        expect("GET", "/api/deliveries", "/api/deliveries?position=-1", 400, "");
        expect("GET", "/api/deliveries/{id}", "/api/deliveries/" + delivery, 200, "");
        expect("POST", "/api/deliveries/{id}/retry", "/api/deliveries/" + delivery + "/retry", 409, "");
        expect("POST", "/api/deliveries/retry", "/api/deliveries/retry", 202, "{}");
        expect("GET", "/api/deliveries", "/api/deliveries?state=none", 400, "");

        JsonNode replay = expect(
                "POST",
                "/api/replays",
                "/api/replays",
                202,
                "{\"subscription\":\"" + id
                        + "\",\"from\":\"0\",\"types\":[\"customer.created\"],\"filters\":[{\"exact\":{\"pattern\":\"state\"}}]}");
        JsonNode replays = expect("GET", "/api/replays", "/api/replays?subscription=&state=&after=", 200, "");
        assertThat(replays.path("items")).hasSize(1);
        expect("GET", "/api/replays/{id}", "/api/replays/" + replay.get("id").asText(), 200, "");
        expect(
                "POST",
                "/api/replays/{id}/cancel",
                "/api/replays/" + replay.get("id").asText() + "/cancel",
                200,
                "");

        JsonNode changes = expect("GET", "/api/changes", "/api/changes?limit=3", 200, "");
        String second = changes.at("/items/1/position").asText();
        expect("GET", "/api/changes/{position}", "/api/changes/" + second, 200, "");
        expect(
                "POST",
                "/api/changes/{position}/reversal",
                "/api/changes/" + second + "/reversal",
                200,
                "{\"apply\":false}");
        expect(
                "POST",
                "/api/changes/{position}/reversal",
                "/api/changes/" + second + "/reversal",
                201,
                "{\"apply\":true}");
        expect(
                "POST",
                "/api/changes/{position}/reversal",
                "/api/changes/" + second + "/reversal",
                409,
                "{\"apply\":true}");
        expect(
                "POST",
                "/api/changes/{position}/resolution",
                "/api/changes/" + second + "/resolution",
                409,
                "{\"outcome\":\"confirmed\"}");
        expect("GET", "/api/changes/{position}", "/api/changes/999999", 404, "");
        expect("GET", "/api/state", "/api/state?subject=/customers/7&revision=1", 200, "");
        JsonNode commands = expect("GET", "/api/commands", "/api/commands?status=", 200, "");
        expect(
                "GET",
                "/api/commands/{id}",
                "/api/commands/" + commands.at("/items/0/id").asText(),
                200,
                "");

        expect("GET", "/api/routes", "/api/routes", 200, "");
        expect(
                "POST",
                "/api/routes/check",
                "/api/routes/check",
                200,
                "{\"a.yaml\":\"- route: {id: a, from: {uri: 'nowhere:b'}}\"}");
        expect("GET", "/api/routes/{id}/parked", "/api/routes/broken/parked", 200, "");
        expect("POST", "/api/routes/{id}/parked/retry", "/api/routes/broken/parked/retry", 202, "{}");
        String parked = rig.admin
                .all("/api/routes/broken/parked")
                .getFirst()
                .get("position")
                .asText();
        String skip = "{\"position\":\"" + parked + "\",\"note\":\"\"}";
        expect("POST", "/api/routes/{id}/parked/skip", "/api/routes/broken/parked/skip", 400, "{}");
        expect("POST", "/api/routes/{id}/parked/skip", "/api/routes/broken/parked/skip", 200, skip);
        expect("GET", "/api/routes/{id}/skipped", "/api/routes/broken/skipped", 200, "");
        expect("GET", "/api/views", "/api/views", 200, "");
        expect("GET", "/api/views/{name}", "/api/views/customers", 200, "");
        expect("POST", "/api/views/{name}/rebuild", "/api/views/customers/rebuild", 202, "");
        expect("GET", "/api/views/{name}", "/api/views/nothing", 404, "");
        expect("GET", "/api/consistency", "/api/consistency?resource=customer", 200, "");
        expect("GET", "/actuator/health", "/actuator/health", 200, "");
        expect("DELETE", "/api/subscriptions/{id}", one, 204, "");
    }

    /** Calls, and holds the reply's status, media type and body to the description; so the body that was sent, when it was taken. */
    private static JsonNode expect(String method, String template, String path, int status, String body) {
        JsonNode operation = description.operation(method + " " + template);
        HttpResponse<String> reply = rig.admin.call(method, path, body);
        String what = method + " " + path + " " + reply.statusCode() + " " + reply.body();
        assertThat(reply.statusCode()).as(what).isEqualTo(status);
        JsonNode response = description.resolved(operation.get("responses").path(String.valueOf(status)));
        assertThat(response.isMissingNode()).as(what).isFalse();
        JsonNode sent = operation.at("/requestBody/content/application~1json/schema");
        if (description.resolved(operation.path("requestBody")).has("content"))
            sent = description.resolved(operation.path("requestBody")).at("/content/application~1json/schema");
        if (status < 300 && !body.isEmpty() && !sent.isMissingNode())
            description.valid(sent, AdminClient.parse(body), what);
        if (reply.body().isEmpty()) return JsonNodeFactory.instance.nullNode();
        String type = reply.headers().firstValue("content-type").orElse("").split(";")[0];
        JsonNode content = response.path("content");
        if (type.startsWith("application/vnd.spring-boot")) type = "application/json";
        assertThat(content.has(type)).as(what + " " + type).isTrue();
        JsonNode json = AdminClient.parse(reply.body());
        description.valid(content.get(type).get("schema"), json, what);
        return json;
    }
}
