package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPatchTest {

    @Provide
    Arbitrary<JsonNode> documents() {
        return Documents.any();
    }

    @Property(tries = 3000)
    void forwardMakesAfterOfBefore(@ForAll("documents") JsonNode before, @ForAll("documents") JsonNode after)
            throws PatchException {
        String untouched = Json.canonical(before);
        JsonNode patched = JsonPatch.apply(JsonPatch.diff(before, after), before);
        assertThat(Json.canonical(patched)).isEqualTo(Json.canonical(after));
        assertThat(Json.canonical(before)).isEqualTo(untouched);
    }

    @Property(tries = 3000)
    void inverseMakesBeforeOfAfter(@ForAll("documents") JsonNode before, @ForAll("documents") JsonNode after)
            throws PatchException {
        JsonNode restored = JsonPatch.apply(JsonPatch.inverse(before, after), after);
        assertThat(Json.canonical(restored)).isEqualTo(Json.canonical(before));
    }

    @Property(tries = 1000)
    void anotherImplementationReadsOurPatchesAlike(
            @ForAll("documents") JsonNode before, @ForAll("documents") JsonNode after) {
        // zjsonpatch reads ~01 as /, where RFC 6901 section 4 says ~1.
        Assume.that(!Json.text(before).contains("~1") && !Json.text(after).contains("~1"));
        ArrayNode inverse = JsonPatch.inverse(before, after);
        JsonNode restored = com.flipkart.zjsonpatch.JsonPatch.apply(inverse, after);
        assertThat(Json.canonical(restored)).isEqualTo(Json.canonical(before));
    }

    @Property(tries = 1000)
    void equalDocumentsHaveNoDifference(@ForAll("documents") JsonNode document) {
        JsonNode reread = Json.parse(Json.canonical(document));
        assertThat(JsonPatch.diff(document, reread)).isEmpty();
        assertThat(JsonPatch.inverse(document, reread)).isEmpty();
    }

    @Property(tries = 3000)
    void anInverseIsRefusedWhereAGuardedValueIsAnother(
            @ForAll("documents") JsonNode before, @ForAll("documents") JsonNode after) {
        ArrayNode inverse = JsonPatch.inverse(before, after);
        var guards = inverse.findParents("op").stream()
                .filter(operation -> operation.get("op").asText().equals("test"))
                .toList();
        if (guards.isEmpty()) return;
        // The first guard speaks of the document before any operation of the inverse changed it.
        String pointer = guards.getFirst().get("path").asText();
        JsonNode moved = replaced(after, pointer);
        assertThatExceptionOfType(PatchException.class).isThrownBy(() -> JsonPatch.apply(inverse, moved));
    }

    private static JsonNode replaced(JsonNode document, String pointer) {
        ObjectNode operation =
                JsonNodeFactory.instance.objectNode().put("op", "replace").put("path", pointer);
        operation.put("value", "moved on");
        try {
            return JsonPatch.apply(JsonNodeFactory.instance.arrayNode().add(operation), document);
        } catch (PatchException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyRemovalAndReplacementOfAnInverseIsGuarded() {
        JsonNode before = Json.parse("{\"a\":1,\"b\":[1,2,3],\"c\":null}");
        JsonNode after = Json.parse("{\"a\":2,\"b\":[1,3,4],\"d\":true}");
        ArrayNode inverse = JsonPatch.inverse(before, after);
        JsonNode previous = NullNode.instance;
        for (JsonNode operation : inverse) {
            String name = operation.get("op").asText();
            if (name.equals("remove") || name.equals("replace")) {
                assertThat(previous.path("op").asText()).isEqualTo("test");
                assertThat(previous.get("path")).isEqualTo(operation.get("path"));
            }
            previous = operation;
        }
        assertThat(inverse.findValuesAsText("op")).contains("remove", "replace", "add");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        null                        | {"a":1}                     | [{"op":"replace","path":"","value":{"a":1}}]
        {"a":1}                     | null                        | [{"op":"replace","path":"","value":null}]
        {"a":1.10}                  | {"a":1.1}                   | [{"op":"replace","path":"/a","value":1.1}]
        {"a":0}                     | {"a":-0}                    | [{"op":"replace","path":"/a","value":-0}]
        {"a/b":{"":{"~":1}}}        | {"a/b":{"":{"~":2}}}        | [{"op":"replace","path":"/a~1b//~0","value":2}]
        {"a":null}                  | {}                          | [{"op":"remove","path":"/a"}]
        {}                          | {"a":null}                  | [{"op":"add","path":"/a","value":null}]
        [1,2,3,4]                   | [1,3,4]                     | [{"op":"remove","path":"/1"}]
        [1,3]                       | [1,2,3]                     | [{"op":"add","path":"/1","value":2}]
        [{"id":1,"n":1},{"id":2}]   | [{"id":1,"n":2},{"id":2}]   | [{"op":"replace","path":"/0/n","value":2}]
        {"a":1,"b":2}               | {"b":2,"a":1}               | []
        [1,2,3,4,5]                 | [2,3,9,5,1]                 | [{"op":"remove","path":"/0"},{"op":"replace","path":"/2","value":9},{"op":"add","path":"/4","value":1}]
        """)
    void differencesAreSmall(String before, String after, String patch) {
        assertThat(Json.text(JsonPatch.diff(Json.parse(before), Json.parse(after))))
                .isEqualTo(patch);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        [2,1] | [1] | [{"op":"test","path":"/0","value":1},{"op":"add","path":"/0","value":2}]
        [1,2] | [1] | [{"op":"test","path":"/0","value":1},{"op":"add","path":"/1","value":2}]
        [1]   | []  | [{"op":"test","path":"","value":[]},{"op":"add","path":"/0","value":1}]
        """)
    void anElementComesBackBesideItsNeighbourOnly(String before, String after, String inverse) {
        assertThat(Json.text(JsonPatch.inverse(Json.parse(before), Json.parse(after))))
                .isEqualTo(inverse);
    }

    @Test
    void aLongArrayWithManyDifferencesIsStillPatchedExactly() throws PatchException {
        ArrayNode before = JsonNodeFactory.instance.arrayNode();
        ArrayNode after = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 3000; i++) {
            before.add(new RawNumber(Integer.toString(i)));
            after.add(new RawNumber(Integer.toString(i * 7 % 3001)));
        }
        assertThat(Json.same(JsonPatch.apply(JsonPatch.diff(before, after), before), after))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                              | -1 | ''    | a patch is an array
        [{"path":"/a"}]                                 | 0  | /a    | no op
        [{"op":"add","value":1}]                        | 0  | ''    | no path
        [{"op":"test","path":"/a","value":1.0}]         | 0  | /a    | another
        [{"op":"add","path":"/b"}]                      | 0  | /b    | no value
        [{"op":"remove","path":"/b"}]                   | 0  | /b    | no such value
        [{"op":"replace","path":"/b","value":1}]        | 0  | /b    | no such value
        [{"op":"add","path":"/l/3","value":1}]          | 0  | /l/3  | array
        [{"op":"add","path":"/l/01","value":1}]         | 0  | /l/01 | array
        [{"op":"remove","path":"/l/-"}]                 | 0  | /l/-  | no such value
        [{"op":"add","path":"/a/b","value":1}]          | 0  | /a/b  | nothing to add to
        [{"op":"add","path":"a","value":1}]             | 0  | a     | start with /
        [{"op":"add","path":"/~2","value":1}]           | 0  | /~2   | ~
        [{"op":"add","path":"/a~","value":1}]           | 0  | /a~   | ~
        [{"op":"spam","path":"/a"}]                     | 0  | /a    | unknown
        [{"op":"move","from":"/l","path":"/l/0"}]       | 0  | /l/0  | into itself
        [{"op":"add","path":"/n","value":1},{"op":"remove","path":""}] | 1 | '' | whole document
        """)
    void aPatchThatDoesNotFitIsRefusedWithItsPlace(String patch, int operation, String pointer, String problem) {
        JsonNode document = Json.parse("{\"a\":1,\"l\":[1,2]}");
        PatchException refused =
                catchThrowableOfType(PatchException.class, () -> JsonPatch.apply(Json.parse(patch), document));
        assertThat(refused.operation()).isEqualTo(operation);
        assertThat(refused.pointer()).isEqualTo(pointer);
        assertThat(refused).hasMessageContaining(problem);
    }

    @Test
    void moveCopyAndAppendWorkAsTheStandardSays() throws PatchException {
        JsonNode patch = Json.parse("""
            [{"op":"move","from":"/a","path":"/b"},{"op":"copy","from":"/b","path":"/l/-"},
             {"op":"add","path":"/l/0","value":0},{"op":"test","path":"/l","value":[0,7,1]},{"op":"add","path":"/b","value":null}]\
            """);
        JsonNode result = JsonPatch.apply(patch, Json.parse("{\"a\":1,\"l\":[7]}"));
        assertThat(Json.text(result)).isEqualTo("{\"l\":[0,7,1],\"b\":null}");
    }

    @Test
    void aPatchMayBringAsMuchAsItIsLarge() throws Exception {
        ArrayNode large = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 1_000_001; i++) large.add(i % 100);
        ArrayNode patch = JsonPatch.diff(JsonNodeFactory.instance.nullNode(), large);
        assertThat(JsonPatch.apply(patch, JsonNodeFactory.instance.nullNode())).isEqualTo(large);
    }

    @Test
    void aPatchCannotBlowUpADocument() {
        ArrayNode bomb = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 64; i++)
            bomb.addObject().put("op", "copy").put("from", "").put("path", "/k" + i);
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> JsonPatch.apply(bomb, Json.parse("{\"a\":[1,2,3]}")))
                .withMessageContaining("too many values");
        ArrayNode well = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 600; i++)
            well.addObject().put("op", "copy").put("from", "").put("path", "/a");
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> JsonPatch.apply(well, Json.parse("{\"a\":0}")))
                .withMessageContaining("too deep");
    }

    @Test
    void aPatchMakesNoDocumentDeeperThanCanBeRead() throws Exception {
        JsonNode document = Json.parse("{\"a\":".repeat(300) + "{}" + "}".repeat(300));
        String path = "/a".repeat(300) + "/b";
        // 301 above it, itself, and what is in it: 512 levels may be read.
        JsonNode fits = Json.parse("[".repeat(211) + "1" + "]".repeat(211));
        ObjectNode add = JsonNodeFactory.instance.objectNode().put("op", "add").put("path", path);
        ArrayNode patch = JsonNodeFactory.instance.arrayNode().add(add);
        add.set("value", fits);
        assertThat(Json.parse(Json.text(JsonPatch.apply(patch, document)))).isNotNull();
        add.set("value", JsonNodeFactory.instance.arrayNode().add(fits));
        assertThatExceptionOfType(PatchException.class)
                .isThrownBy(() -> JsonPatch.apply(patch, document))
                .withMessageContaining("too deep");
    }
}
