package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a test file that knows where it stands. */
sealed interface Yam {

    Spot spot();

    /** The value as JSON. */
    JsonNode json();

    /** A mapping; its members in their order. */
    record Mapping(Spot spot, Map<String, Member> members) implements Yam {
        @Override
        public JsonNode json() {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            members.forEach((name, member) -> object.set(name, member.value().json()));
            return object;
        }

        @Nullable
        Yam get(String name) {
            Member member = members.get(name);
            return member == null ? null : member.value();
        }

        /** The same without some members. */
        Mapping without(List<String> names) {
            Map<String, Member> rest = new LinkedHashMap<>(members);
            rest.keySet().removeAll(names);
            return new Mapping(spot, rest);
        }
    }

    /** A member of a mapping, with the place of its name. */
    record Member(Spot name, Yam value) {}

    /** A list. */
    record Listing(Spot spot, List<Yam> elements) implements Yam {
        @Override
        public JsonNode json() {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            elements.forEach(element -> array.add(element.json()));
            return array;
        }
    }

    /** A text, number, truth value or null. */
    record Value(Spot spot, JsonNode json) implements Yam {}

    /** What an expected value must be like, instead of a value: written as a YAML tag. */
    record Like(Spot spot, Kind kind, String argument) implements Yam {
        enum Kind {
            /** {@code !any}: there is a value. */
            ANY,
            /** {@code !absent}: there is none. */
            ABSENT,
            /** {@code !matches REGEX}: a text, number or truth value that the whole expression fits. */
            MATCHES
        }

        @Override
        public JsonNode json() {
            return TextNode.valueOf(
                    "!" + kind.name().toLowerCase(Locale.ROOT) + (argument.isEmpty() ? "" : " " + argument));
        }
    }

    /** The text of a scalar as written; empty for anything else. */
    default String text() {
        return json().isValueNode() && !json().isNull() ? json().asText() : "";
    }

    /** The elements of a list; a single value counts as a list of one. */
    default List<Yam> many() {
        return this instanceof Listing listing ? listing.elements() : List.of(this);
    }
}
