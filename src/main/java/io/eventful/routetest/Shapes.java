package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.routetest.Shape.Distinct;
import io.eventful.routetest.Shape.Free;
import io.eventful.routetest.Shape.Known;
import io.eventful.routetest.Shape.Many;
import io.eventful.routetest.Shape.Plain;
import io.eventful.routetest.Shape.Table;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The shapes of which the format is made. */
final class Shapes {

    /** No test that ends has more of anything. */
    private static final int MOST = 1_000_000;

    private Shapes() {}

    static Shape free() {
        return new Free();
    }

    static Shape text() {
        return new Plain("a string", JsonNode::isValueNode);
    }

    /** A text that is not part of every other one. */
    static Shape found() {
        return new Plain(
                "a text to be found",
                json -> json.isValueNode() && !json.asText().isEmpty());
    }

    static Shape number() {
        return new Plain(
                "a whole number from 0 to " + MOST,
                json -> json.isNumber()
                        && json.asText().matches("[0-9]{1,9}")
                        && Integer.parseInt(json.asText()) <= MOST);
    }

    /** Of a reply that ends a call. */
    static Shape status() {
        return new Plain("a status from 200 to 599", json -> json.asText().matches("[2-5][0-9][0-9]"));
    }

    static Shape truth() {
        return new Plain("true or false", JsonNode::isBoolean);
    }

    static Shape duration() {
        return new Plain(
                "a duration such as 5s", json -> Durations.read(json.asText()).isPresent());
    }

    static Shape instant() {
        return new Plain("a time such as 2026-01-01T00:00:00Z", json -> {
            try {
                return Instant.parse(json.asText()) != null;
            } catch (DateTimeParseException e) {
                return false;
            }
        });
    }

    /** A path that can be called. */
    static Shape path() {
        return new Plain("a path such as /customers/42, percent-encoded where needed", json -> {
            try {
                return json.asText().startsWith("/") && new URI("http://127.0.0.1" + json.asText()).isAbsolute();
            } catch (URISyntaxException e) {
                return false;
            }
        });
    }

    /** A path to be compared with. */
    static Shape pattern() {
        return new Plain(
                "a path that starts with /",
                json -> json.asText().startsWith("/") || json.asText().startsWith("**"));
    }

    /** A JSON pointer to something. */
    static Shape pointer() {
        return new Plain(
                "a JSON Pointer such as /data/link", json -> json.asText().startsWith("/"));
    }

    static Shape distinct(String member, Shape element) {
        return new Distinct(member, element);
    }

    static Shape oneOf(String... words) {
        return new Plain(
                "one of " + String.join(", ", words), json -> List.of(words).contains(json.asText()));
    }

    static Shape many(Shape element) {
        return new Many(element, true);
    }

    static Shape list(Shape element) {
        return new Many(element, false);
    }

    static Shape table(Shape each) {
        return new Table(each);
    }

    /** @param members names and shapes in turn; a name that ends with {@code *} is needed */
    static Shape known(Object... members) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        Set<String> needed = new LinkedHashSet<>();
        for (int i = 0; i < members.length; i += 2) {
            String name = (String) members[i];
            if (name.endsWith("*")) needed.add(name = name.substring(0, name.length() - 1));
            shapes.put(name, (Shape) members[i + 1]);
        }
        return new Known(shapes, needed);
    }
}
