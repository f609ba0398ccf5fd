package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
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
        SUFFIX
    }

    /** An attribute that equals, starts or ends with one of some texts. */
    record Attribute(Comparison comparison, String name, Set<String> values) implements Requirement {
        boolean sameKind(Attribute other) {
            return comparison == other.comparison && name.equals(other.name);
        }
    }

    /** A payload that matches an event pattern. */
    record Payload(JsonNode pattern) implements Requirement {}
}
