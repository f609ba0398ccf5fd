package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random documents whose names, numbers and nesting are the awkward ones. */
final class Documents {

    private Documents() {}

    static Arbitrary<JsonNode> any() {
        return document(3);
    }

    private static Arbitrary<JsonNode> document(int depth) {
        if (depth == 0) return leaf();
        Arbitrary<JsonNode> child = Arbitraries.lazy(() -> document(depth - 1));
        Arbitrary<JsonNode> array = child.list().ofMaxSize(5).map(elements -> {
            var node = JsonNodeFactory.instance.arrayNode();
            elements.forEach(node::add);
            return node;
        });
        Arbitrary<JsonNode> object = Combinators.combine(
                        name().list().uniqueElements().ofMaxSize(5),
                        child.list().ofSize(5))
                .as(Documents::object);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(2, leaf()), net.jqwik.api.Tuple.of(3, array), net.jqwik.api.Tuple.of(4, object));
    }

    private static JsonNode object(List<String> names, List<JsonNode> values) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < names.size(); i++) node.set(names.get(i), values.get(i));
        return node;
    }

    static Arbitrary<String> name() {
        return Arbitraries.of(
                "a", "b", "", "~", "/", "~1", "a/b", "0", "-", "é", "\uD83D\uDE00", "a\"b", "\n", "$ref", "\uD800");
    }

    private static Arbitrary<JsonNode> leaf() {
        return Arbitraries.oneOf(
                Arbitraries.of("1", "1.0", "1.10", "1e5", "1E5", "-0", "0", "100000000000000000000", "0.1e-7")
                        .map(RawNumber::new),
                Arbitraries.of("", "a", "1", "\u0000", "\u2028", "é~/").map(JsonNodeFactory.instance::textNode),
                Arbitraries.strings().ofMaxLength(6).map(JsonNodeFactory.instance::textNode),
                Arbitraries.of(true, false).map(JsonNodeFactory.instance::booleanNode),
                Arbitraries.just(JsonNodeFactory.instance.nullNode()));
    }
}
