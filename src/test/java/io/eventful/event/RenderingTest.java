package io.eventful.event;

import static io.eventful.event.Renderings.CONTEXT;
import static io.eventful.event.Renderings.data;
import static io.eventful.event.Renderings.render;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the patterns and their variants look like. */
class RenderingTest {

    @Test
    void thereAreThreePatternsAndFourVariants() {
        assertThat(Rendering.ALL.keySet())
                .containsExactlyInAnyOrder(
                        "notification",
                        "notification-firebase",
                        "state",
                        "state-eventbridge",
                        "change",
                        "change-object",
                        "change-generic");
        assertThat(Rendering.named("spam")).isEmpty();
    }

    @Test
    void aVariantChangesDataOnly() {
        Change change = Changes.all().get("updated");
        for (Rendering rendering : Rendering.ALL.values()) {
            Event event = rendering.render(change, CONTEXT);
            Event pattern = render(rendering.pattern(), change);
            assertThat(event.withId("x").withData(pattern.data())).isEqualTo(pattern.withId("x"));
            assertThat(event.extensions()).containsEntry("pattern", rendering.pattern());
        }
    }

    @Test
    void attributesAreThereOnlyWhenTheySaySomething() {
        Event plain = render("state", Changes.all().get("updated"));
        assertThat(plain.extensions())
                .containsOnlyKeys("outcome", "partitionkey", "pattern", "position", "revision", "traceparent")
                .containsEntry("revision", "3")
                .containsEntry("position", "17")
                .containsEntry("partitionkey", "/customers/42")
                .containsEntry("outcome", "confirmed");
        assertThat(plain.type()).isEqualTo("customer.updated");
        assertThat(plain.source()).isEqualTo("/upstreams/default");
        assertThat(plain.key()).isEqualTo("/customers/42");
        assertThat(plain.position()).isEqualTo(17);

        Event unknown = render("state", Changes.all().get("unknown"));
        assertThat(unknown.extensions())
                .containsEntry("outcome", "unknown")
                .containsEntry("order", "observed")
                .containsEntry("guarantee", "outcome")
                .containsEntry("reason", "timeout");
        assertThat(unknown.subject()).isEqualTo("/customers");
        assertThat(render("state", Changes.all().get("reversed")).extensions()).containsEntry("causationid", "17");
    }

    /** The state is what was seen of the item, and nobody knows whether it is what the call made of it. */
    @Test
    void theStateOfAChangeOfUnknownOutcomeIsNotComplete() {
        Change seen = Changes.with(Changes.unknown(Changes.all().get("updated")), null, "not-conclusive");
        JsonNode data = data("state", seen);
        assertThat(data.path("state").isObject()).isTrue();
        assertThat(data.path("complete").asBoolean(true)).isFalse();
        assertThat(data.path("reason").asText()).isEqualTo("not-conclusive");
    }

    @Test
    void itemsOfTwoScopesCanBeToldApart() {
        assertThat(render("state", Changes.scoped("tenant a", Changes.all().get("updated")))
                        .extensions())
                .containsEntry("scope", "tenant a")
                .containsEntry("partitionkey", "/customers/42");
    }

    @Test
    void aReceiptHasTheNameOfItsSendersEvent() {
        Change change = Changes.of("received", Changes.absent(), Changes.known("{}"));
        assertThat(EventType.of(change)).isEqualTo("customer.received");
        assertThat(EventType.of(Changes.resource(change, "github.issues"))).isEqualTo("github.issues");
        Change update = Changes.resource(Changes.all().get("updated"), "crm.customer");
        assertThat(EventType.of(update)).isEqualTo("crm.customer.updated");
    }

    /** Differences that are meant: a topic instead of a device's token, and the version that EventBridge sends too. */
    @Test
    void variantsHaveTheMembersThatPeopleKnow() {
        Change change = Changes.all().get("updated");
        JsonNode firebase = Json.parse("{\"token\":1,\"notification\":{\"title\":1,\"body\":1},\"data\":{}}");
        assertThat(names(data("notification-firebase", change))).containsExactly("message");
        JsonNode message = data("notification-firebase", change).get("message");
        assertThat(names(message).stream()
                        .map(name -> name.equals("topic") ? "token" : name)
                        .toList())
                .isEqualTo(names(firebase));
        assertThat(names(message.get("notification"))).isEqualTo(names(firebase.get("notification")));
        assertThat(message.get("data")).allMatch(JsonNode::isTextual);

        assertThat(names(data("state-eventbridge", change)))
                .containsExactly(
                        "version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail");
        assertThat(names(data("change-object", change))).startsWith("id", "created_at", "updated_at");
        assertThat(names(data("change-generic", change)))
                .startsWith("id", "resource", "action", "created_at", "updated_at", "data");
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    @Test
    void theStateKeepsTheTextOfItsNumbers() {
        String state = "{\"a\":1.10,\"b\":1e5,\"c\":-0,\"d\":12345678901234567890.0}";
        Event event = render("state", Changes.of("updated", Changes.known("{}"), Changes.known(state)));
        assertThat(new String(event.data(), StandardCharsets.UTF_8)).contains("\"state\":" + state);
        assertThat(new String(
                        render("change", Changes.of("updated", Changes.known("{}"), Changes.known(state)))
                                .data(),
                        StandardCharsets.UTF_8))
                .contains("\"value\":1.10", "\"value\":1e5", "\"value\":-0");
    }

    @Test
    void aChangeIsWrittenAsPeopleReadIt() throws Exception {
        Change change = Changes.all().get("updated");
        JsonNode json = Json.parse(new ObjectMapper().writeValueAsBytes(change));
        assertThat(json.properties().stream().map(Map.Entry::getKey))
                .contains(
                        "position",
                        "subject",
                        "revision",
                        "resource",
                        "action",
                        "time",
                        "outcome",
                        "request",
                        "response",
                        "before",
                        "after",
                        "patch",
                        "inverse",
                        "beforeDigest",
                        "afterDigest",
                        "reversible");
        assertThat(Json.text(json.get("position"))).isEqualTo("17");
        assertThat(Json.text(json.get("revision"))).isEqualTo("3");
        assertThat(json.at("/request/method").asText()).isEqualTo("PUT");
        assertThat(json.at("/response/status").asInt()).isEqualTo(200);
        assertThat(Json.text(json.get("before"))).isEqualTo(Changes.BEFORE);
        assertThat(Json.bytes(json)).isEqualTo(ChangeJson.bytes(change));

        JsonNode large = Changes.all().get("too-large").toJson();
        assertThat(large.get("after").isNull()).isTrue();
        assertThat(large.at("/images/after/status").asText()).isEqualTo("digested");
        assertThat(large.at("/images/before/status").asText()).isEqualTo("known");
        assertThat(Changes.all()
                        .get("unknown")
                        .toJson()
                        .at("/images/after/reason")
                        .asText())
                .isEqualTo("timeout");
    }

    @Test
    void namesInLogsTellNoContent() {
        Change change = Changes.all().get("updated");
        assertThat(change.toString()).contains("/customers/42").doesNotContain("ada@");
        assertThat(render("state", change).toString())
                .contains("customer.updated")
                .doesNotContain("ada@");
    }

    @Test
    void aStateThatLacksMembersSaysSo() {
        for (String reason : List.of("request-derived", "partial-reply")) {
            JsonNode data = data("state", Changes.with(Changes.all().get("updated"), null, reason));
            assertThat(data.path("state").isObject()).isTrue();
            assertThat(data.path("complete")).isEqualTo(Json.parse("false"));
            assertThat(data.path("reason").textValue()).isEqualTo(reason);
        }
        assertThat(data("state", Changes.all().get("updated")).path("complete")).isEqualTo(Json.parse("true"));
    }

    @Test
    void aStateIsRedactedByItselfAndNotByTheOneBefore() {
        Image whole = Changes.known(Changes.AFTER);
        Image redacted = Changes.known(Changes.BEFORE).redacted();
        JsonNode data = data("state", Changes.with(Changes.of("updated", whole, redacted), null, "redacted"));
        assertThat(data.path("complete")).isEqualTo(Json.parse("false"));
        assertThat(data.path("reason").textValue()).isEqualTo("redacted");

        data = data("state", Changes.with(Changes.of("updated", redacted, whole), null, "redacted"));
        assertThat(data.path("complete")).isEqualTo(Json.parse("true"));
        assertThat(data.has("reason")).isFalse();

        Change deleted = Changes.with(Changes.of("deleted", redacted, Changes.absent()), null, "redacted");
        assertThat(data("state", deleted).path("complete")).isEqualTo(Json.parse("false"));
        assertThat(data("state", deleted).path("reason").textValue()).isEqualTo("redacted");
    }
}
