package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.routes.Suggestions;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What a part of a test file may look like. */
sealed interface Shape {

    /** Adds what is wrong with a value to the problems. */
    void check(Yam value, String what, List<TestProblem> problems);

    /** Anything. */
    record Free() implements Shape {
        @Override
        public void check(Yam value, String what, List<TestProblem> problems) {
            // Nothing can be wrong.
        }
    }

    /** A scalar that a test holds for. */
    record Plain(String kind, Predicate<JsonNode> fits) implements Shape {
        @Override
        public void check(Yam value, String what, List<TestProblem> problems) {
            if (value instanceof Yam.Like) return;
            if (!(value instanceof Yam.Value scalar) || !fits.test(scalar.json()))
                problems.add(new TestProblem(value.spot(), what + " is not " + kind, "write " + kind));
        }
    }

    /** A list, or one element without the list around it. */
    record Many(Shape element, boolean oneWithoutList) implements Shape {
        @Override
        public void check(Yam value, String what, List<TestProblem> problems) {
            if (value instanceof Yam.Listing listing)
                listing.elements().forEach(each -> element.check(each, "an element of " + what, problems));
            else if (oneWithoutList) element.check(value, what, problems);
            else problems.add(new TestProblem(value.spot(), what + " is not a list", "write it in [ ]"));
        }
    }

    /** A mapping of any names. */
    record Table(Shape each) implements Shape {
        @Override
        public void check(Yam value, String what, List<TestProblem> problems) {
            if (!(value instanceof Yam.Mapping mapping))
                problems.add(new TestProblem(value.spot(), what + " is not a mapping", "write name: value"));
            else mapping.members().forEach((name, member) -> each.check(member.value(), name, problems));
        }
    }

    /** Header fields of a call: all but those that its client sets itself. */
    record Fields() implements Shape {
        private static final Set<String> OWN = Set.of("connection", "content-length", "expect", "host", "upgrade");

        @Override
        public void check(Yam value, String what, List<TestProblem> problems) {
            table(text()).check(value, what, problems);
            if (!(value instanceof Yam.Mapping mapping)) return;
            mapping.members().forEach((name, member) -> {
                if (OWN.contains(name.toLowerCase(Locale.ROOT)))
                    problems.add(new TestProblem(
                            member.name(), "\"" + name + "\" is set by the client that makes the call", "remove it"));
            });
        }
    }

    /** A mapping of known names. */
    record Known(Map<String, Shape> members, Set<String> needed) implements Shape {
        @Override
        public void check(Yam value, String what, List<TestProblem> problems) {
            if (!(value instanceof Yam.Mapping mapping)) {
                problems.add(new TestProblem(
                        value.spot(), what + " is not a mapping", "write " + String.join(", ", members.keySet())));
                return;
            }
            mapping.members().forEach((name, member) -> {
                Shape shape = members.get(name);
                if (shape != null) shape.check(member.value(), name, problems);
                else
                    problems.add(new TestProblem(
                            member.name(),
                            "\"" + name + "\" is not a member of " + what,
                            Suggestions.remedy(
                                    name, members.keySet(), "use one of " + String.join(", ", members.keySet()))));
            });
            for (String name : needed)
                if (!mapping.members().containsKey(name))
                    problems.add(new TestProblem(value.spot(), what + " has no " + name, "add it"));
        }
    }

    /** One of two, by whether the value is a mapping. */
    record Either(Shape mapping, Shape other) implements Shape {
        @Override
        public void check(Yam value, String what, List<TestProblem> problems) {
            (value instanceof Yam.Mapping ? mapping : other).check(value, what, problems);
        }
    }

    /** A mapping of one of two kinds, by whether it has a member. */
    record Step(String member, Shape with, Shape without) implements Shape {

        @Override
        public void check(Yam value, String what, List<TestProblem> problems) {
            boolean has = value instanceof Yam.Mapping mapping && mapping.get(member) != null;
            (has ? with : without).check(value, has ? "a " + member : what, problems);
        }
    }

    /** A list of mappings of which no two have the same value of a member. */
    record Distinct(String member, Shape element) implements Shape {

        @Override
        public void check(Yam value, String what, List<TestProblem> problems) {
            list(element).check(value, what, problems);
            Set<String> known = new HashSet<>();
            for (Yam each : value.many())
                if (each instanceof Yam.Mapping mapping
                        && mapping.get(member) instanceof Yam named
                        && !known.add(named.text()))
                    problems.add(new TestProblem(
                            named.spot(),
                            "two elements of " + what + " have the same " + member + " " + named.text(),
                            "use a different one for each"));
        }
    }

    /** A list, or how many. */
    record Counted(Shape element) implements Shape {
        @Override
        public void check(Yam value, String what, List<TestProblem> problems) {
            (value instanceof Yam.Value ? number() : list(element)).check(value, what, problems);
        }
    }

    static Shape free() {
        return new Free();
    }

    static Shape text() {
        return new Plain("a string", JsonNode::isValueNode);
    }

    static Shape number() {
        return new Plain(
                "a whole number", json -> json.isNumber() && json.asText().matches("-?[0-9]+"));
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
