package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * Something that an event must have for a condition to hold. Necessary, not sufficient: the index looks subscriptions
 * up by one of theirs, and asks only those that it finds.
 */
sealed interface Requirement {

    /** How an attribute is compared. */
    enum Comparison {
        EXACT,
        PREFIX,
        SUFFIX;

        /** Whether a value equals, starts or ends with a text. */
        boolean holds(String value, String text) {
            return switch (this) {
                case EXACT -> value.equals(text);
                case PREFIX -> value.startsWith(text);
                case SUFFIX -> value.endsWith(text);
            };
        }
    }

    /** A requirement that is met by one of few values, and so can be looked up. */
    sealed interface Indexable extends Requirement {
        /** Where a subscription with this requirement is filed. */
        List<Candidates.Key> keys();

        /** Lower for what usually has more different values. */
        int rank();
    }

    /** An attribute that equals, starts or ends with one of some texts. */
    record Attribute(Comparison comparison, String name, Set<String> values) implements Indexable {
        @Override
        public List<Candidates.Key> keys() {
            return values.stream()
                    .<Candidates.Key>map(value -> new Candidates.Text(comparison, name, value))
                    .toList();
        }

        @Override
        public int rank() {
            int commonness = switch (name) {
                case "id", "subject", "partitionkey" -> 0;
                case "type" -> 2;
                case "source" -> 3;
                case "specversion", "datacontenttype", "pattern" -> 4;
                default -> 1;
            };
            return commonness + (comparison == Comparison.EXACT ? 0 : 1);
        }

        boolean sameKind(Attribute other) {
            return comparison == other.comparison && name.equals(other.name);
        }
    }

    /** A payload with one of some values at a dotted path, as {@link PayloadFields} writes them. */
    record Field(String path, Set<String> values) implements Indexable {
        @Override
        public List<Candidates.Key> keys() {
            return values.stream()
                    .<Candidates.Key>map(value -> new Candidates.Value(path, value))
                    .toList();
        }

        @Override
        public int rank() {
            return 1;
        }
    }

    /** A payload that matches an event pattern. */
    record Payload(JsonNode pattern) implements Requirement {}
}
