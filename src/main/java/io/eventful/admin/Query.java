package io.eventful.admin;

import org.jspecify.annotations.Nullable;

/** Helpers for query parameters. */
final class Query {

    private Query() {}

    /** An empty parameter counts as absent: some clients always send all parameters. */
    static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    /** What a parameter or a part of the path must be that cannot be read, as a sentence. */
    static String rule(@Nullable String name, @Nullable Class<?> type) {
        String what = name == null ? "The parameter" : name;
        if (what.equals("limit")) return what + ' ' + Page.LIMIT + '.';
        if (what.equals("after")) return what + ' ' + Page.AFTER + '.';
        if (type == boolean.class || type == Boolean.class) return what + " must be true or false.";
        boolean small = type == int.class || type == Integer.class;
        return what + " must be a whole number of at most " + (small ? Integer.MAX_VALUE : Long.MAX_VALUE) + '.';
    }
}
