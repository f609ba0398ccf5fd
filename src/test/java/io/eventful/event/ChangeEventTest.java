package io.eventful.event;

import static io.eventful.event.Renderings.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** From the events of changes alone, an item can be led there and back. */
class ChangeEventTest {

    @Test
    void anItemsOwnTimesAreTheMessagesAndItsIdIsNeverGone() {
        String before = "{\"id\":7,\"createdAt\":\"2019-01-01\",\"updated_at\":\"2020-01-01\",\"a\":1}";
        Change updated = Changes.of(
                "updated",
                Changes.known(before),
                Changes.known(before.replace("2020-01-01", "2021-01-01").replace("\"a\":1", "\"a\":2")));
        assertThat(Json.text(data("change-object", updated))).isEqualTo("""
            {"id":7,"created_at":"2019-01-01","updated_at":"2021-01-01","a":2}\
            """);
        Change deleted = Changes.of("deleted", Changes.known(before), new Image.Absent());
        assertThat(Json.text(data("change-object", deleted))).isEqualTo("""
            {"id":7,"created_at":"2019-01-01","updated_at":"2026-01-02T03:04:05.678Z","createdAt":null,\
            "/updated_at":null,"a":null,"removed":["createdAt","/updated_at","a"]}\
            """);
    }

    @Test
    void flatNamesAreNeverAmbiguous() {
        Change change = Changes.of(
                "updated",
                Changes.known("{\"a\":{\"b\":1},\"/a/b\":1,\"\":1,\"updated_at\":1,\"removed\":1,\"gone\":{\"x\":1}}"),
                Changes.known("{\"a\":{\"b\":2},\"/a/b\":2,\"\":2,\"updated_at\":2,\"removed\":2,\"new\":{\"y\":{}}}"));
        assertThat(Json.text(data("change-object", change))).isEqualTo("""
            {"id":"42","created_at":null,"updated_at":"2026-01-02T03:04:05.678Z","/a/b":2,"/~1a~1b":2,"/":2,\
            "/updated_at":2,"/removed":2,"gone":null,"/new/y":{},"removed":["gone"]}\
            """);
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
}
