package io.eventful.subscription;

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

    /** Where a subscription with this requirement is filed. */
    List<Candidates.Key> keys();

    /** Lower for what usually has more different values. */
    int rank();

    /** An attribute that equals, starts or ends with one of some texts. */
    record Attribute(Comparison comparison, String name, Set<String> values) implements Requirement {
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

    /** A payload with one of some values, or a text that starts or ends with one of some, at a dotted path. */
    record Field(List<Candidates.Key> keys) implements Requirement {
        @Override
        public int rank() {
            return keys.stream().allMatch(Candidates.Value.class::isInstance) ? 1 : 2;
        }
    }
}
