package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenderingTest {

    private static final RenderContext CONTEXT = new RenderContext("http://localhost:8080");

    private static Event render(String rendering, Change change) {
        return Rendering.named(rendering).orElseThrow().render(change, CONTEXT);
    }

    private static JsonNode data(String rendering, Change change) {
        return Json.parse(render(rendering, change).data());
    }

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
    void aNotificationTellsNothingOfTheItem() {
        String secret = "{\"id\":42,\"name\":\"s3cret-value\",\"s3cret-name\":1}";
        for (Change change : List.of(
                Changes.of("created", Changes.absent(), Changes.known(secret)),
                Changes.of("deleted", Changes.known(secret), Changes.absent()))) {
            for (String rendering : List.of("notification", "notification-firebase"))
                assertThat(new String(render(rendering, change).data(), StandardCharsets.UTF_8))
                        .doesNotContain("s3cret");
        }
    }

    @Test
    void titleAndTagsComeFromTemplates() {
        Rendering rendering = Rendering.named("notification").orElseThrow();
        Map<String, String> options =
                Map.of("title", "{resource} no. {id}: {action}", "tags", "team=crm,what={type},vip");
        rendering.check(options);
        JsonNode data = Json.parse(rendering
                .render(Changes.all().get("updated"), new RenderContext("http://h", options))
                .data());
        assertThat(data.get("title").asText()).isEqualTo("customer no. 42: updated");
        assertThat(Json.text(data.get("tags")))
                .isEqualTo("{\"team\":\"crm\",\"what\":\"customer.updated\",\"vip\":\"true\"}");
        assertThat(data.get("link").asText()).isEqualTo("http://h/customers/42");
    }

    @Test
    void aNotificationStaysSmall() {
        Map<String, String> options = Map.of(
                "title", "é".repeat(5000), "tags", String.join(",", Collections.nCopies(50, "k={id}😀".repeat(99))));
        byte[] data = Rendering.named("notification")
                .orElseThrow()
                .render(Changes.all().get("updated"), new RenderContext("http://h", options))
                .data();
        assertThat(data).hasSizeLessThanOrEqualTo(2048);
        assertThat(Json.parse(data).get("title").asText()).hasSize(200).endsWith("…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{state}", "{after.email}", "{", "{id} {}"})
    void aTemplateCannotReachIntoTheItem(String title) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rendering.named("notification").orElseThrow().check(Map.of("title", title)))
                .withMessageContaining("title");
    }

    @Test
    void unknownOptionsAreRefused() {
        for (Rendering rendering : Rendering.ALL.values()) {
            rendering.check(Map.of("dataschema", "https://example.org/s"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> rendering.check(Map.of("spam", "1")))
                    .withMessageContaining("event:" + rendering.name() + " has no option spam");
        }
        Event event = Rendering.named("state")
                .orElseThrow()
                .render(
                        Changes.all().get("updated"),
                        new RenderContext("http://h", Map.of("dataschema", "https://example.org/s")));
        assertThat(event.dataschema()).isEqualTo("https://example.org/s");
    }

    @Test
    void flatNamesAreNeverAmbiguous() {
        Change change = Changes.of(
                "updated",
                Changes.known("{\"a\":{\"b\":1},\"/a/b\":1,\"\":1,\"updated_at\":1,\"removed\":1,\"gone\":{\"x\":1}}"),
                Changes.known("{\"a\":{\"b\":2},\"/a/b\":2,\"\":2,\"updated_at\":2,\"removed\":2,\"new\":{\"y\":{}}}"));
        assertThat(Json.text(data("change-object", change))).isEqualTo("""
                        {"id":"42","created_at":null,"updated_at":"2026-01-02T03:04:05.678Z","/a/b":2,"/~1a~1b":2,"/":2,\
                        "/updated_at":2,"/removed":2,"gone":null,"/new/y":{},"removed":["gone"]}""");
    }

    @Property(tries = 2000)
    void patchesInEventsLeadThereAndBack(@ForAll("documents") JsonNode before, @ForAll("documents") JsonNode after)
            throws PatchException {
        JsonNode data = data("change", Changes.of("updated", new Image.Known(before), new Image.Known(after)));
        assertThat(Json.canonical(JsonPatch.apply(data.get("patch"), before))).isEqualTo(Json.canonical(after));
        assertThat(Json.canonical(JsonPatch.apply(data.get("inverse"), after))).isEqualTo(Json.canonical(before));
    }

    @Property(tries = 2000)
    void genericMessagesLeadThereAndBack(@ForAll("documents") JsonNode before, @ForAll("documents") JsonNode after)
            throws PatchException {
        JsonNode data = data("change-generic", Changes.of("updated", new Image.Known(before), new Image.Known(after)));
        assertThat(data.get("reversible").asBoolean()).isTrue();
        assertThat(Json.canonical(JsonPatch.apply(forward(data.get("data")), before)))
                .isEqualTo(Json.canonical(after));
        assertThat(Json.canonical(JsonPatch.apply(backward(data.get("data")), after)))
                .isEqualTo(Json.canonical(before));
    }

    @Property(tries = 500)
    void genericMessagesOfCreatesAndDeletesFillAndEmptyAnObject(@ForAll("documents") JsonNode item)
            throws PatchException {
        Assume.that(item.isObject());
        JsonNode nothing = JsonNodeFactory.instance.objectNode();
        JsonNode created = data("change-generic", Changes.of("created", Changes.absent(), new Image.Known(item)))
                .get("data");
        assertThat(Json.canonical(JsonPatch.apply(forward(created), nothing))).isEqualTo(Json.canonical(item));
        assertThat(JsonPatch.apply(backward(created), item)).isEqualTo(nothing);
        JsonNode deleted = data("change-generic", Changes.of("deleted", new Image.Known(item), Changes.absent()))
                .get("data");
        assertThat(JsonPatch.apply(forward(deleted), item)).isEqualTo(nothing);
        assertThat(Json.canonical(JsonPatch.apply(backward(deleted), nothing))).isEqualTo(Json.canonical(item));
    }

    /** What a consumer does with a generic message: each entry is an operation of RFC 6902. */
    private static ArrayNode forward(JsonNode entries) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        for (JsonNode entry : entries) {
            ObjectNode operation =
                    patch.addObject().put("op", entry.get("op").asText()).put("path", pointer(entry));
            if (!entry.get("op").asText().equals("remove")) operation.set("value", entry.get("value"));
        }
        return patch;
    }

    private static ArrayNode backward(JsonNode entries) {
        List<JsonNode> reversed = new ArrayList<>();
        entries.forEach(reversed::add);
        Collections.reverse(reversed);
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        for (JsonNode entry : reversed) {
            String op = Map.of("add", "remove", "remove", "add", "replace", "replace")
                    .get(entry.get("op").asText());
            ObjectNode operation = patch.addObject().put("op", op).put("path", pointer(entry));
            if (!op.equals("remove")) operation.set("value", entry.get("previous"));
        }
        return patch;
    }

    private static String pointer(JsonNode entry) {
        String name = entry.get("name").asText();
        return name.isEmpty() || name.startsWith("/") ? name : JsonPointers.child("", name);
    }

    @Provide
    Arbitrary<JsonNode> documents() {
        return Documents.any();
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
}
