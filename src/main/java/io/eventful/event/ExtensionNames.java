package io.eventful.event;

import java.util.Optional;
import java.util.Set;

/** The names of the extension attributes that a route may give its events (CloudEvents 1.0, naming conventions). */
public final class ExtensionNames {

    /** Consumers rely on what these say; the others are attributes of the specification. */
    private static final Set<String> TAKEN = Set.of(
            "causationid",
            "data",
            "datacontenttype",
            "dataschema",
            "guarantee",
            "id",
            "order",
            "outcome",
            "part",
            "partitionkey",
            "parts",
            "pattern",
            "position",
            "reason",
            "replay",
            "revision",
            "scope",
            "source",
            "specversion",
            "subject",
            "time",
            "traceparent",
            "type");

    private ExtensionNames() {}

    /** What is wrong with a name, such as {@code "Team" is not lower-case letters and digits}; empty if it may be used. */
    public static Optional<String> problem(String name) {
        if (TAKEN.contains(name)) return Optional.of("\"" + name + "\" is taken");
        return name.matches("[a-z0-9]{1,64}")
                ? Optional.empty()
                : Optional.of("\"" + name + "\" is not lower-case letters and digits");
    }
}
