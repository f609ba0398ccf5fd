package io.eventful.edge;

import java.util.List;

/** What tells callers apart, where somebody's own things must not be shown to others. */
public final class CallerCredential {

    /** In order of preference: a session's cookies change too easily to come first. */
    private static final List<String> NAMES = List.of("authorization", "x-api-key", "cookie");

    private CallerCredential() {}

    /** The credential that a request carries; empty when there is none. A secret: it may be hashed, never kept. */
    public static String of(Fields fields) {
        return NAMES.stream()
                .filter(name -> fields.first(name).isPresent())
                .findFirst()
                .map(name -> name + ':' + String.join("\n", fields.all(name)))
                .orElse("");
    }
}
