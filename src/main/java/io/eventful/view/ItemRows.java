package io.eventful.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.eventful.event.Item;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rows of items. Only a higher revision overwrites a row, so late, repeated or reordered events have no effect. */
final class ItemRows {

    static final String COLUMNS = "id, source, scope, subject, revision, position, time, kind, etag, state";

    private static final String UPSERT = "INSERT INTO view_item (generation, subject, source, scope, segment,"
            + " revision, position, time, kind, etag, state, k0, k1, k2, k3, k4, k5, k6, k7) VALUES (?, ?, ?, ?, ?, ?, ?,"
            + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (generation, short_text(subject), short_text(source),"
            + " short_text(scope)) DO UPDATE SET revision = excluded.revision, position = excluded.position, time ="
            + " excluded.time, kind = excluded.kind, etag = excluded.etag, state = excluded.state, k0 = excluded.k0, k1 ="
            + " excluded.k1, k2 = excluded.k2, k3 = excluded.k3, k4 = excluded.k4, k5 = excluded.k5, k6 = excluded.k6, k7"
            + " = excluded.k7 WHERE excluded.revision > view_item.revision";

    private static final long NANOS = 1_000_000_000L;
    private static final int FIRST_KEY = 12;

    private ItemRows() {}

    static void write(Connection connection, Generation generation, Collection<Projected> items) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
            for (Projected item : items) {
                upsert.setLong(1, generation.id());
                upsert.setString(2, item.item().subject());
                upsert.setString(3, item.item().source());
                upsert.setString(4, item.item().scope());
                upsert.setString(5, segment(item.item().subject()));
                upsert.setLong(6, item.revision());
                upsert.setLong(7, item.position());
                upsert.setLong(8, nanos(item.time()));
                upsert.setString(9, code(item.kind()));
                upsert.setString(10, item.etag());
                upsert.setBytes(11, item.bytes());
                keys(upsert, generation.members(), item);
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private static void keys(PreparedStatement upsert, List<String> members, Projected item) throws SQLException {
        JsonNode state = item.state() == null ? NullNode.instance : item.state();
        boolean present = item.kind() == Projected.Kind.PRESENT;
        for (int i = 0; i < ViewOptions.MAX_INDEX; i++) {
            boolean declared = present && i < members.size();
            upsert.setBytes(FIRST_KEY + i, declared ? SortKey.of(Members.at(state, members.get(i))) : null);
        }
    }

    static Optional<Row> find(Connection connection, long generation, Item item) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                + " FROM view_item WHERE generation = ? AND same_text(subject, ?) AND same_text(source, ?) AND"
                + " same_text(scope, ?)")) {
            select.setLong(1, generation);
            select.setString(2, item.subject());
            select.setString(3, item.source());
            select.setString(4, item.scope());
            return rows(select).stream().findFirst();
        }
    }

    /** The items of the given scopes with the last path segment {@code segment}. */
    static List<Row> byLastSegment(
            Connection connection, long generation, String segment, Collection<String> scopes, int limit)
            throws SQLException {
        return named(connection, generation, "segment", segment, scopes, limit);
    }

    /** The items of the given scopes with a path; one per upstream. */
    static List<Row> byPath(
            Connection connection, long generation, String subject, Collection<String> scopes, int limit)
            throws SQLException {
        return named(connection, generation, "subject", subject, scopes, limit);
    }

    private static List<Row> named(
            Connection connection, long generation, String column, String name, Collection<String> scopes, int limit)
            throws SQLException {
        String any = String.join(", ", Collections.nCopies(scopes.size(), "?"));
        try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                + " FROM view_item WHERE generation = ? AND same_text(" + column + ", ?) AND scope IN (" + any
                + ") ORDER BY id LIMIT ?")) {
            select.setLong(1, generation);
            select.setString(2, name);
            int at = 3;
            for (String scope : scopes) select.setString(at++, scope);
            select.setInt(at, limit);
            return rows(select);
        }
    }

    static long count(Connection connection, long generation) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT COUNT(*) FROM view_item WHERE generation = ? AND kind = 'present'")) {
            select.setLong(1, generation);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    static List<Row> rows(PreparedStatement select) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) found.add(row(rows));
        }
        return found;
    }

    static Row row(ResultSet row) throws SQLException {
        long time = row.getLong(7);
        return new Row(
                row.getLong(1),
                new Item(row.getString(2), row.getString(3), row.getString(4)),
                row.getLong(5),
                row.getLong(6),
                Instant.ofEpochSecond(Math.floorDiv(time, NANOS), Math.floorMod(time, NANOS)),
                Projected.Kind.valueOf(row.getString(8).toUpperCase(Locale.ROOT)),
                row.getString(9),
                row.getBytes(10));
    }

    /** The last segment of the path of an item: its id. */
    static String segment(String subject) {
        return subject.substring(subject.lastIndexOf('/') + 1);
    }

    private static String code(Projected.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
    }
}
