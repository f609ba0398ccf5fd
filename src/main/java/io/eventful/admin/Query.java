package io.eventful.admin;

import org.jspecify.annotations.Nullable;

/** Helpers for query parameters. */
final class Query {

    private Query() {}

    /** An empty parameter counts as absent: some clients always send all parameters. */
    static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
