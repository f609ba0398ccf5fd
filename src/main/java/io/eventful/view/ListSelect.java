package io.eventful.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Selects a page with one index for the filter or the sort, starting at the cursor (keyset pagination). The index begins
 * with the scope, so each scope has its own page; the first rows of all of them are the page.
 */
final class ListSelect {

    private ListSelect() {}

    /** Returns one extra row if there is a next page. */
    static List<Row> run(Connection connection, Generation generation, ListQuery query) throws SQLException {
        List<Object> values = new ArrayList<>();
        String sql = sql(generation, query, values);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                switch (values.get(i)) {
                    case Long number -> select.setLong(i + 1, number);
                    case byte[] bytes -> select.setBytes(i + 1, bytes);
                    case Object text -> select.setString(i + 1, text.toString());
                }
            }
            return ItemRows.rows(select);
        }
    }

    private static String sql(Generation generation, ListQuery query, List<Object> values) {
        Set<String> scopes = query.within().scopes();
        if (scopes.size() == 1) return ofScope(scopes.iterator().next(), generation, query, values);
        StringBuilder sql = new StringBuilder();
        for (String scope : scopes)
            sql.append(sql.isEmpty() ? "" : " UNION ALL ")
                    .append("SELECT * FROM (")
                    .append(ofScope(scope, generation, query, values))
                    .append(") AS one");
        return ordered(sql, generation, query);
    }

    private static String ofScope(String scope, Generation generation, ListQuery query, List<Object> values) {
        StringBuilder sql = new StringBuilder("SELECT ")
                .append(ItemRows.COLUMNS)
                .append(query.sort() == null ? "" : ", " + column(generation, query.sort()))
                .append(" FROM view_item WHERE generation = ? AND same_text(scope, ?)");
        values.add(generation.id());
        values.add(scope);
        if (!query.within().source().isEmpty()) {
            sql.append(" AND source = ?");
            values.add(query.within().source());
        }
        // Only present items have keys. The planner has no statistics, so the SQL allows only one index.
        if (query.filters().isEmpty()) sql.append(condition(generation, query));
        if (!query.within().collection().isEmpty()) {
            sql.append(" AND subject = ? || segment");
            String collection = query.within().collection();
            values.add(collection.equals("/") ? collection : collection + '/');
        }
        for (Map.Entry<String, String> filter : query.filters().entrySet()) {
            List<byte[]> meant = SortKey.meant(filter.getValue());
            sql.append(" AND ")
                    .append(column(generation, filter.getKey()))
                    .append(" IN (")
                    .append("?, ".repeat(meant.size() - 1))
                    .append("?)");
            values.addAll(meant);
        }
        if (query.after() != null) after(query.after(), generation, query, sql, values);
        return ordered(sql, generation, query);
    }

    private static void after(
            ListQuery.Cursor after, Generation generation, ListQuery query, StringBuilder sql, List<Object> values) {
        if (query.sort() == null) {
            sql.append(" AND id > ?");
        } else {
            // A row value, so that one index serves both parts (sqlite.org/rowvalue.html#scrolling_window_queries).
            sql.append(" AND (")
                    .append(column(generation, query.sort()))
                    .append(", id) ")
                    .append(query.order() == ListQuery.Order.UP ? ">" : "<")
                    .append(" (?, ?)");
            values.add(after.key());
        }
        values.add(after.id());
    }

    /** Without a sort, in the order of insertion. */
    private static String ordered(StringBuilder sql, Generation generation, ListQuery query) {
        String direction = query.sort() == null || query.order() == ListQuery.Order.UP ? " ASC" : " DESC";
        sql.append(" ORDER BY ");
        if (query.sort() != null)
            sql.append(column(generation, query.sort())).append(direction).append(", ");
        return sql.append("id")
                .append(direction)
                .append(" LIMIT ")
                .append(query.limit() + 1)
                .toString();
    }

    private static String condition(Generation generation, ListQuery query) {
        return query.sort() == null
                ? " AND kind = 'present'"
                : " AND " + column(generation, query.sort()) + " IS NOT NULL";
    }

    private static String column(Generation generation, String member) {
        int index = generation.members().indexOf(member);
        if (index < 0) throw new IllegalArgumentException("this filling of the view does not declare " + member);
        return "k" + index;
    }
}
