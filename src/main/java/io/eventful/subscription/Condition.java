package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.sql.EvaluationRuntime;
import io.cloudevents.sql.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.event.ruler.Machine;

/** A compiled filter. Total: an event that it cannot be evaluated on does not match. */
sealed interface Condition {

    boolean test(EventView event);

    /** What an event must have for this to be true; empty when nothing is known. */
    List<Requirement> requirements();

    /** Dialects exact, prefix and suffix: every named attribute is there and compares. */
    record Attributes(Comparison comparison, Map<String, String> expected) implements Condition {
        @Override
        public boolean test(EventView event) {
            for (Map.Entry<String, String> entry : expected.entrySet()) {
                String actual = event.attribute(entry.getKey()).orElse(null);
                if (actual == null || !comparison.holds(actual, entry.getValue())) return false;
            }
            return true;
        }

        @Override
        public List<Requirement> requirements() {
            List<Requirement> requirements = new ArrayList<>();
            expected.forEach((name, value) ->
                    requirements.add(new Requirement(Set.of(new IndexKey.Text(comparison, name, value)))));
            return requirements;
        }
    }

    /** Dialect all: every part is true; true for no parts. */
    record All(List<Condition> parts) implements Condition {
        @Override
        public boolean test(EventView event) {
            for (Condition part : parts) if (!part.test(event)) return false;
            return true;
        }

        @Override
        public List<Requirement> requirements() {
            return parts.stream().flatMap(part -> part.requirements().stream()).toList();
        }
    }

    /** Dialect any: at least one part is true. */
    record Any(List<Condition> parts) implements Condition {
        @Override
        public boolean test(EventView event) {
            for (Condition part : parts) if (part.test(event)) return true;
            return false;
        }

        @Override
        public List<Requirement> requirements() {
            return Requirement.ofOne(parts.stream().map(Condition::requirements).toList());
        }
    }

    /** Dialect not. */
    record Not(Condition part) implements Condition {
        @Override
        public boolean test(EventView event) {
            return !part.test(event);
        }

        @Override
        public List<Requirement> requirements() {
            return List.of();
        }
    }

    /**
     * Functions of {@code sql} that do not exist, with the number of their arguments: to call one is an error, and what contains an
     * error is false.
     */
    default Stream<String> unknownFunctions() {
        return switch (this) {
            case All all -> all.parts().stream().flatMap(Condition::unknownFunctions);
            case Any any -> any.parts().stream().flatMap(Condition::unknownFunctions);
            case Not not -> not.part().unknownFunctions();
            case Sql sql -> sql.unknown().stream();
            case Attributes attributes -> Stream.of();
            case Data data -> Stream.of();
        };
    }

    /**
     * Dialect sql (CESQL 1.0): false when it is not a boolean, or when any error occurs, also beside a true operand (section
     * 1.2). An operand that {@code AND} or {@code OR} does not need is not evaluated, and its errors do not occur.
     */
    record Sql(Expression expression, List<Requirement> requirements, Set<String> unknown) implements Condition {
        @Override
        public boolean test(EventView event) {
            return holds(event.cloudEvent());
        }

        /** Certain if the expression asks for known attributes only. */
        Prospect prospect(SketchAttributes event) {
            boolean holds = holds(event);
            return event.isGuessed() ? Prospect.OPEN : holds ? Prospect.YES : Prospect.NO;
        }

        boolean holds(CloudEvent event) {
            try {
                return Boolean.TRUE.equals(expression.tryEvaluate(EvaluationRuntime.getDefault(), event));
            } catch (RuntimeException e) {
                // The first error of the expression, or of the SDK on an attribute that it cannot convert, such as a
                // source that is no URI.
                return false;
            }
        }
    }

    /**
     * Dialect data: the payload is a JSON object that matches an event pattern.
     *
     * @param machine matches it fast; null where it asks several things of one member, or mixes what event-ruler cannot
     * @param elements matches it always, and in bounded time where the arrays of the payload are many and long
     */
    record Data(JsonNode pattern, @Nullable Machine machine, ElementPattern elements) implements Condition {

        /** Combinations that event-ruler tries within a millisecond or so. */
        private static final int FEW = 1_000;

        @Override
        public boolean test(EventView event) {
            JsonNode payload = event.payload();
            if (!payload.isObject()) return false;
            if (machine == null || event.arrays().combinations(elements.paths()) > FEW)
                return elements.matches(payload);
            return !machine.rulesForJSONEvent(payload).isEmpty();
        }

        @Override
        public List<Requirement> requirements() {
            return PatternRequirements.of(pattern);
        }
    }
}
