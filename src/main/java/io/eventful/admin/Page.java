package io.eventful.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items at most {@code limit} items
 * @param next cursor for {@code after}; null on the last page
 */
record Page<T>(
        List<T> items,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next) {

    /** What a limit must be. */
    static final String LIMIT = "must be between 1 and 1000";

    /** What a cursor must be. */
    static final String AFTER = "must be the \"next\" of a page of this list";

    private static final int MAX_LIMIT = 1_000;

    /** @throws ApiProblem 400 when the limit is out of bounds */
    static int limit(int asked) {
        if (asked >= 1 && asked <= MAX_LIMIT) return asked;
        throw new ApiProblem(400, "Invalid parameter", "limit " + LIMIT + ".");
    }

    /**
     * A cursor; empty for the first page.
     *
     * @param form of the cursors of the list
     * @throws ApiProblem 400 when it is none of this list
     */
    static String after(String given, Pattern form) {
        if (given.isEmpty() || form.matcher(given).matches()) return given;
        throw new ApiProblem(400, "Invalid parameter", "after " + AFTER + ".");
    }

    /**
     * A cursor that is a number; 0 for the first page.
     *
     * @throws ApiProblem 400 when it is negative
     */
    static long after(long given) {
        if (given >= 0) return given;
        throw new ApiProblem(400, "Invalid parameter", "after " + AFTER + ".");
    }

    /** A page from a query for {@code limit + 1} items; the extra item only shows that there is a next page. */
    static <F, T> Page<T> of(List<F> found, int limit, Function<F, T> item, Function<F, String> cursor) {
        List<F> shown = found.size() > limit ? found.subList(0, limit) : found;
        return new Page<>(
                shown.stream().map(item).toList(), found.size() > limit ? cursor.apply(shown.getLast()) : null);
    }
}
