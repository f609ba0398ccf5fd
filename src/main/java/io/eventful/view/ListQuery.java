package io.eventful.view;

import io.eventful.edge.Queries;
import io.eventful.event.Item;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The parsed query of a list.
 *
 * @param within the items that the list may contain
 * @param filters required values of members
 * @param sort member to sort by; null for the order of insertion
 * @param order sort direction
 * @param after cursor at which the page starts; null for the first page
 * @param limit maximum number of items on a page
 * @param fields members to return; empty for all
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
     * The items that a list may contain.
     *
     * @param source source of the items; empty for any
     * @param scopes scopes of the items
     * @param identity whether a parameter is part of the items' identity and therefore no filter
     * @param shown whether the list shows an item of these scopes
     * @param collection path of their collection; empty for any
     */
    record Within(
            String source, Set<String> scopes, Predicate<String> identity, Predicate<Item> shown, String collection) {}

    enum Order {
        UP,
        DOWN
    }

    /**
     * The last row of the previous page.
     *
     * @param key encoded value of the sort member; empty without sorting
     * @param id id of the row
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

    /** The query is invalid; the message is for the client. */
    static final class BadQueryException extends Exception {
        private static final long serialVersionUID = 1L;

        BadQueryException(String message) {
            super(message);
        }
    }

    /**
     * Parses a query.
     *
     * @param defaults default and maximum page size
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
                        parameter.getKey() + " occurs twice in the query; each parameter may have only one value.");
            switch (parameter.getKey()) {
                case "sort" -> {
                    order = value.startsWith("-") ? Order.DOWN : Order.UP;
                    sort = value.startsWith("-") ? value.substring(1) : value;
                    if (sort.isEmpty())
                        throw new BadQueryException(
                                "sort names no member. Write sort=MEMBER, or sort=-MEMBER for the opposite order.");
                }
                case "limit" -> limit = limit(value, defaults.maxPageSize());
                case "after" ->
                    after = Cursor.parse(value)
                            .orElseThrow(() -> new BadQueryException(
                                    "after is not a cursor of this view. Use the one in the Link header of the"
                                            + " previous page."));
                case "fields" -> fields = fields(value);
                default -> {
                    if (!within.identity().test(parameter.getKey())) filters.put(parameter.getKey(), value);
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

    /** Whether it filters and sorts only by these members. */
    boolean keepsTo(List<String> members) {
        return members.containsAll(filters.keySet()) && (sort == null || members.contains(sort));
    }

    /** Whether the keys of these members tell which rows are meant, without a look at the states. */
    boolean isToldByKeys(List<String> members) {
        return keepsTo(members) && filters.values().stream().map(Sought::of).allMatch(Sought::isToldByKeys);
    }

    /** The same query with other filters, sort member, cursor and limit. */
    ListQuery with(Map<String, String> filters, @Nullable String sort, @Nullable Cursor after, int limit) {
        return new ListQuery(within, filters, sort, order, after, limit, fields);
    }

    private static int limit(String text, int max) throws BadQueryException {
        if (text.matches("[0-9]{1,9}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= max) return limit;
        }
        throw new BadQueryException("limit must be a whole number from 1 to " + max + ".");
    }
}
