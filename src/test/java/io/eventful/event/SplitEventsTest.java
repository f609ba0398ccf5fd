package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One change as one event for each changed member. */
class SplitEventsTest {

    private static final RenderContext SPLIT = new RenderContext("http://h", Map.of("split", "true"));

    private static List<Event> split(String rendering, Change change) {
        return Rendering.named(rendering).orElseThrow().renderAll(change, SPLIT).stream()
                .map(event -> event.onChannel("c"))
                .toList();
    }

    private static JsonNode data(Event event) {
        return Json.parse(event.data());
    }

    @ParameterizedTest
    @ValueSource(strings = {"change", "change-object", "change-generic"})
    void eachMemberHasAnEventOfItsOwnWithTheSameRevision(String rendering) {
        Change change = Changes.of(
                "updated",
                Changes.known("{\"id\":42,\"email\":\"a\",\"city\":\"Paris\",\"old\":1}"),
                Changes.known("{\"id\":42,\"email\":\"b\",\"city\":\"Paris\",\"new\":2}"));
        List<Event> events = split(rendering, change);
        assertThat(events).hasSize(3);
        Set<String> ids = new HashSet<>();
        for (Event event : events) {
            ids.add(event.id());
            assertThat(event.extensions())
                    .containsEntry("revision", "3")
                    .containsEntry("position", "17")
                    .containsEntry("parts", "3");
        }
        assertThat(events).extracting(event -> event.extensions().get("part")).containsExactly("1", "2", "3");
        ids.add(Rendering.named(rendering)
                .orElseThrow()
                .render(change, new RenderContext("http://h"))
                .onChannel("c")
                .id());
        assertThat(ids).as("the whole is a fourth event").hasSize(4);
        assertThat(split(rendering, change)).as("made again").isEqualTo(events);
        assertThat(new String(events.getFirst().data(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("email")
                .doesNotContain("Paris", "old", "new");
    }

    @Test
    void aChangeOfUnknownMembersStaysOneEvent() {
        for (String kind : List.of("unknown", "too-large", "not-json"))
            assertThat(split("change", Changes.all().get(kind))).hasSize(1);
        StringBuilder wide = new StringBuilder("{\"id\":1");
        for (int i = 0; i < 1_001; i++) wide.append(",\"m").append(i).append("\":1");
        assertThat(split("change", Changes.of("updated", Changes.known("{}"), Changes.known(wide + "}"))))
                .hasSize(1);
    }

    @Test
    void onlyChangesAreSplit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rendering.named("state").orElseThrow().check(Map.of("split", "true")))
                .withMessageContaining("event:state has no option split");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rendering.named("change").orElseThrow().check(Map.of("split", "yes")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"change", "change-object", "change-generic"})
    void everyPartKeepsToTheSchema(String rendering) {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Rendering.named(rendering).orElseThrow().schema());
        for (Change change : Changes.all().values())
            for (Event event : split(rendering, change))
                assertThat(schema.validate(data(event))).isEmpty();
    }

    @Property(tries = 1000)
    void partsLeadThereInOrderAndBackFromTheEnd(
            @ForAll("documents") JsonNode before, @ForAll("documents") JsonNode after) throws PatchException {
        Assume.that(!Json.same(before, after));
        List<Event> events = split("change", Changes.of("updated", new Image.Known(before), new Image.Known(after)));
        lead(events, before, after);
    }

    @Property(tries = 300)
    void partsOfACreateFillAnEmptyObjectAndThoseOfADeleteEmptyIt(@ForAll("documents") JsonNode item)
            throws PatchException {
        Assume.that(item.isObject() && !item.isEmpty());
        JsonNode nothing = JsonNodeFactory.instance.objectNode();
        lead(split("change", Changes.of("created", Changes.absent(), new Image.Known(item))), nothing, item);
        lead(split("change", Changes.of("deleted", new Image.Known(item), Changes.absent())), item, nothing);
    }

    private static void lead(List<Event> events, JsonNode before, JsonNode after) throws PatchException {
        JsonNode there = before;
        for (Event event : events) there = JsonPatch.apply(data(event).get("patch"), there);
        assertThat(Json.canonical(there)).isEqualTo(Json.canonical(after));
        for (Event event : events.reversed())
            there = JsonPatch.apply(data(event).get("inverse"), there);
        assertThat(Json.canonical(there)).isEqualTo(Json.canonical(before));
    }

    @Provide
    Arbitrary<JsonNode> documents() {
        return Documents.any();
    }
}
