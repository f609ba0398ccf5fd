package io.eventful.edge;

import java.util.List;

/** Identifies callers, so that stored replies and commands are returned only to the caller that created them. */
public final class CallerCredential {

    /** In order of preference; cookies come last, because they change more often than the other credentials. */
    private static final List<String> NAMES = List.of("authorization", "x-api-key", "cookie");

    private CallerCredential() {}

    /** The credential of a request; empty if there is none. It is a secret: store only a hash of it. */
    public static String of(Fields fields) {
        return NAMES.stream()
                .filter(name -> fields.first(name).isPresent())
                .findFirst()
                .map(name -> name + ':' + String.join("\n", fields.all(name)))
                .orElse("");
    }
}
