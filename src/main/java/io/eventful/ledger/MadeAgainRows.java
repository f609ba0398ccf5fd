package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Item;
import io.eventful.event.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what has taken deletes back by making other items, among the few changes that took back any, and keeps that where
 * these changes do not tell it. What an operator has found not to have been applied took nothing back.
 */
final class MadeAgainRows {

    private static final String REVERSED = " FROM change c JOIN item i ON i.id = c.item WHERE c.action = 'reversed'"
            + " AND NOT EXISTS (SELECT 1 FROM resolution r WHERE r.position = c.position AND r.outcome = 'refuted')";

    private static final String LIVE = "SELECT c.position, c.head, c.outcome, i.source, i.scope, i.subject" + REVERSED
            + " AND c.position > ? AND c.item <> (SELECT d.item FROM change d WHERE d.position = ?)"
            + " AND NOT EXISTS (SELECT 1 FROM made_again m WHERE m.position = ? AND m.reversal = c.position)"
            + " ORDER BY c.position";

    private static final String KEPT = "SELECT m.position, m.reversal, i.source, i.scope, i.subject"
            + " FROM made_again m LEFT JOIN item i ON i.id = m.item";

    private MadeAgainRows() {}

    /** What has made the item again that was deleted at a position. */
    static List<MadeAgain> of(Connection connection, long position) throws SQLException {
        List<MadeAgain> found = live(connection, position);
        try (PreparedStatement select = connection.prepareStatement(KEPT + " WHERE m.position = ?")) {
            select.setLong(1, position);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) found.add(new MadeAgain(rows.getLong(2), item(rows, 3)));
            }
        }
        found.sort(Comparator.comparingLong(MadeAgain::position));
        return found;
    }

    private static List<MadeAgain> live(Connection connection, long position) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LIVE)) {
            for (int i = 1; i <= 3; i++) select.setLong(i, position);
            List<MadeAgain> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (cause(rows.getBytes(2)) != position) continue;
                    // A create of unknown outcome has its collection's path.
                    boolean known = rows.getString(3).equals(Heads.code(Change.Outcome.CONFIRMED));
                    found.add(new MadeAgain(rows.getLong(1), known ? item(rows, 4) : null));
                }
            }
            return found;
        }
    }

    /** Keeps what the changes at these positions tell, which are about to be removed. */
    static void keep(Connection connection, Collection<Long> going) throws SQLException {
        if (going.isEmpty()) return;
        String sql = "SELECT c.position, c.head, c.outcome, c.item" + REVERSED + " AND c.position BETWEEN ? AND ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, going.stream().min(Comparator.naturalOrder()).orElseThrow());
            select.setLong(2, going.stream().max(Comparator.naturalOrder()).orElseThrow());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (!going.contains(rows.getLong(1))) continue;
                    boolean known = rows.getString(3).equals(Heads.code(Change.Outcome.CONFIRMED));
                    insert(connection, cause(rows.getBytes(2)), rows.getLong(1), known ? rows.getLong(4) : null);
                }
            }
        }
    }

    /** Keeps which item a call of unknown outcome has made, now that an operator tells it. */
    static void resolved(Connection connection, Resolution resolution, Change told) throws SQLException {
        Change unknown = resolution.change();
        boolean named = resolution.finding() == Resolution.Finding.CONFIRMED
                && !told.item().equals(unknown.item());
        if (!named || !unknown.action().equals(EventType.REVERSED)) return;
        insert(
                connection,
                Causes.position(unknown.causation()),
                unknown.position(),
                ItemRows.id(connection, told.item()));
    }

    /** Of a delete that is still in the ledger. */
    private static void insert(Connection connection, long position, long reversal, @Nullable Long item)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO made_again (position, reversal, item)"
                + " SELECT d.position, ?, ? FROM change d WHERE d.position = ?"
                + " ON CONFLICT (position, reversal) DO NOTHING")) {
            insert.setLong(1, reversal);
            item(insert, 2, item);
            insert.setLong(3, position);
            insert.executeUpdate();
        }
    }

    private static void item(PreparedStatement statement, int index, @Nullable Long item) throws SQLException {
        if (item == null) statement.setNull(index, Types.BIGINT);
        else statement.setLong(index, item);
    }

    private static @Nullable Item item(ResultSet row, int column) throws SQLException {
        String source = row.getString(column);
        return source == null ? null : new Item(source, row.getString(column + 1), row.getString(column + 2));
    }

    /** The position of what a reversal has taken back. */
    private static long cause(byte[] head) {
        return Causes.position(Heads.text(Json.parse(head), "causation"));
    }

    /** All that is kept, as an export tells it. */
    static List<JsonNode> all(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(KEPT + " ORDER BY m.position, m.reversal");
                ResultSet rows = select.executeQuery()) {
            List<JsonNode> all = new ArrayList<>();
            while (rows.next()) {
                ObjectNode json = JsonNodeFactory.instance
                        .objectNode()
                        .put("position", Long.toString(rows.getLong(1)))
                        .put("reversal", Long.toString(rows.getLong(2)));
                Item item = item(rows, 3);
                if (item != null)
                    json.put("source", item.source()).put("scope", item.scope()).put("subject", item.subject());
                all.add(json);
            }
            return all;
        }
    }

    /** Puts back what an export told, once its changes are there. */
    static void restore(Connection connection, JsonNode kept) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO made_again (position, reversal, item) VALUES (?, ?, ?)")) {
            insert.setLong(1, Long.parseLong(ChangeLine.text(kept, "position")));
            insert.setLong(2, Long.parseLong(ChangeLine.text(kept, "reversal")));
            Item item = !kept.has("subject")
                    ? null
                    : new Item(
                            ChangeLine.text(kept, "source"),
                            ChangeLine.text(kept, "scope"),
                            ChangeLine.text(kept, "subject"));
            item(insert, 3, item == null ? null : ItemRows.id(connection, item));
            insert.executeUpdate();
        }
    }
}
