package io.eventful.admin;

import org.jspecify.annotations.Nullable;

/** Parameters of a query. */
final class Query {

    private Query() {}

    /** One that is left empty is not given: programs send all that there are. */
    static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
