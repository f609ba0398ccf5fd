package io.eventful.view;

import io.eventful.edge.Queries;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a list is asked for.
 *
 * @param within which items can be in it
 * @param filters values of members
 * @param sort member to sort by; null for the order in which the items came
 * @param order of the sort
 * @param after where the page begins; null for the first
 * @param limit items of a page
 * @param fields members that are shown; all when empty
 */
record ListQuery(
        Within within,
        Map<String, String> filters,
        @Nullable String sort,
        Order order,
        @Nullable Cursor after,
        int limit,
        List<String> fields) {

    /**
     * Which items can be in a list.
     *
     * @param scope of the items
     * @param scopeName parameter that belongs to the items' identity, hence is no filter; empty for none
     * @param collection path of their collection; empty for any
     */
    record Within(String scope, String scopeName, String collection) {}

    enum Order {
        UP,
        DOWN
    }

    /**
     * The last row of the page before.
     *
     * @param key encoded value that is sorted by; empty without a sort
     * @param id of the row
     */
    record Cursor(byte[] key, long id) {

        String text() {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(key) + '.' + id;
        }

        static Optional<Cursor> parse(String text) {
            int dot = text.lastIndexOf('.');
            if (dot < 0 || !text.substring(dot + 1).matches("[0-9]{1,18}")) return Optional.empty();
            try {
                return Optional.of(new Cursor(
                        Base64.getUrlDecoder().decode(text.substring(0, dot)),
                        Long.parseLong(text.substring(dot + 1))));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /** A query that cannot be answered; the message is for the caller. */
    static final class BadQueryException extends Exception {
        private static final long serialVersionUID = 1L;

        BadQueryException(String message) {
            super(message);
        }
    }

    /**
     * Reads a query.
     *
     * @param defaults limit of a page, and the highest that may be asked for
     */
    static ListQuery parse(String query, Within within, ViewSettings defaults) throws BadQueryException {
        Map<String, String> filters = new LinkedHashMap<>();
        @Nullable String sort = null;
        Order order = Order.UP;
        @Nullable Cursor after = null;
        int limit = defaults.pageSize();
        List<String> fields = List.of();
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, String> parameter : Queries.parameters(query)) {
            String value = parameter.getValue();
            if (!seen.add(parameter.getKey()))
                throw new BadQueryException(
                        parameter.getKey() + " stands in the query twice; a list is asked for with one value of each.");
            switch (parameter.getKey()) {
                case "sort" -> {
                    order = value.startsWith("-") ? Order.DOWN : Order.UP;
                    sort = value.startsWith("-") ? value.substring(1) : value;
                }
                case "limit" -> limit = limit(value, defaults.maxPageSize());
                case "after" ->
                    after = Cursor.parse(value)
                            .orElseThrow(() -> new BadQueryException(
                                    "after is not a cursor of this view; take it from the Link of the page before."));
                case "fields" -> fields = fields(value);
                default -> {
                    if (!parameter.getKey().equals(within.scopeName())) filters.put(parameter.getKey(), value);
                }
            }
        }
        return new ListQuery(within, filters, sort, order, after, limit, fields);
    }

    static List<String> fields(String value) {
        List<String> fields = new ArrayList<>();
        for (String field : value.split(",")) if (!field.isBlank()) fields.add(field.strip());
        return fields;
    }

    /** Whether it filters and sorts by these members only. */
    boolean keepsTo(List<String> members) {
        return members.containsAll(filters.keySet()) && (sort == null || members.contains(sort));
    }

    /** The same with another filter, order and place to begin. */
    ListQuery with(Map<String, String> filters, @Nullable String sort, @Nullable Cursor after, int limit) {
        return new ListQuery(within, filters, sort, order, after, limit, fields);
    }

    private static int limit(String text, int max) throws BadQueryException {
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= 1) return Math.min(max, Integer.parseInt(text));
        throw new BadQueryException("limit must be a whole number from 1 to " + max + ".");
    }
}
