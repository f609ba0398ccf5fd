package io.eventful.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Selects a page with one index for the filter or the sort, starting at the cursor (keyset pagination). */
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
        StringBuilder sql = new StringBuilder("SELECT ")
                .append(ItemRows.COLUMNS)
                .append(" FROM view_item WHERE generation = ? AND same_text(scope, ?)");
        values.add(generation.id());
        values.add(query.within().scope());
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
        if (query.sort() == null) byPlace(query, sql, values);
        else bySort(column(generation, query.sort()), query, sql, values);
        return sql.append(" LIMIT ").append(query.limit() + 1).toString();
    }

    /** Orders by insertion. */
    private static void byPlace(ListQuery query, StringBuilder sql, List<Object> values) {
        if (query.after() != null) {
            sql.append(" AND id > ?");
            values.add(query.after().id());
        }
        sql.append(" ORDER BY id");
    }

    private static void bySort(String column, ListQuery query, StringBuilder sql, List<Object> values) {
        boolean up = query.order() == ListQuery.Order.UP;
        if (query.after() != null) {
            // A row value, so that one index serves both parts (sqlite.org/rowvalue.html#scrolling_window_queries).
            sql.append(" AND (")
                    .append(column)
                    .append(", id) ")
                    .append(up ? ">" : "<")
                    .append(" (?, ?)");
            values.add(query.after().key());
            values.add(query.after().id());
        }
        String direction = up ? " ASC" : " DESC";
        sql.append(" ORDER BY ").append(column).append(direction).append(", id").append(direction);
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
