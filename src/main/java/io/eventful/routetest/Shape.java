package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.routes.Suggestions;
import java.util.HashSet;
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
                problems.add(new TestProblem(value.spot(), what + " is not " + kind, ""));
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
            Shapes.table(Shapes.text()).check(value, what, problems);
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
            Shapes.list(element).check(value, what, problems);
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

    /** A test: something can be expected only of who it is given. */
    record Provided(Shape shape) implements Shape {
        @Override
        public void check(Yam value, String what, List<TestProblem> problems) {
            shape.check(value, what, problems);
            if (!(value instanceof Yam.Mapping test) || !(test.get("then") instanceof Yam.Mapping then)) return;
            Yam.Mapping given =
                    test.get("given") instanceof Yam.Mapping mapping ? mapping : new Yam.Mapping(test.spot(), Map.of());
            Provisions.check(given, then, problems);
        }
    }

    /** A list, or how many. */
    record Counted(Shape element) implements Shape {
        @Override
        public void check(Yam value, String what, List<TestProblem> problems) {
            (value instanceof Yam.Value ? Shapes.number() : Shapes.list(element)).check(value, what, problems);
        }
    }

    /** Something with content: a list with an element, one element without the list, or a mapping that says what. */
    record Filled(Shape shape, String remedy) implements Shape {

        /** How something is compared, not what. */
        private static final List<String> HOW = List.of("exactly", "ignore", "order", "within");

        @Override
        public void check(Yam value, String what, List<TestProblem> problems) {
            shape.check(value, what, problems);
            if (value instanceof Yam.Listing listing && listing.elements().isEmpty())
                problems.add(new TestProblem(value.spot(), what + " is empty", remedy));
            if (value instanceof Yam.Mapping mapping
                    && mapping.without(HOW).members().isEmpty())
                problems.add(new TestProblem(value.spot(), what + " expects nothing", remedy));
        }
    }

    /** A mapping that has one of two members, or neither. */
    record Exclusive(String one, String other, Shape shape) implements Shape {
        @Override
        public void check(Yam value, String what, List<TestProblem> problems) {
            shape.check(value, what, problems);
            if (!(value instanceof Yam.Mapping mapping)) return;
            Yam.Member surplus = mapping.members().get(other);
            if (surplus != null && mapping.members().containsKey(one))
                problems.add(new TestProblem(
                        surplus.name(), what + " has both " + one + " and " + other, "keep one of them"));
        }
    }

    /** An item of the ledger: of an upstream it has a path, of a sender of webhooks any subject. */
    record LedgerItem(Shape shape) implements Shape {
        @Override
        public void check(Yam value, String what, List<TestProblem> problems) {
            shape.check(value, what, problems);
            if (!(value instanceof Yam.Mapping mapping) || !(mapping.get("subject") instanceof Yam.Value subject))
                return;
            String source = TestCase.text(mapping, "source");
            boolean upstream = source.isEmpty() || source.startsWith("/upstreams/");
            if (upstream && !subject.text().startsWith("/"))
                problems.add(new TestProblem(
                        subject.spot(),
                        "subject is not a path such as /customers/42",
                        "write a path that starts with /"));
        }
    }
}
