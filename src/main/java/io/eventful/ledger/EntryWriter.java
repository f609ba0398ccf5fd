package io.eventful.ledger;

import io.eventful.event.Change;
import io.eventful.event.Item;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of changes, many at a time. Runs on the store's writer, the only one in a transaction, which is what makes
 * positions and revisions gapless.
 */
final class EntryWriter {

    private static final String INSERT =
            "INSERT INTO change (position, item, revision, resource, action, time, outcome,"
                    + " intent, head, patch, inverse, before_position, before_image, after_image) VALUES ";
    private static final String ROW = "(?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

    private EntryWriter() {}

    /**
     * An entry to be written.
     *
     * @param intent that it settles; null for none
     */
    record Addition(Entry entry, @Nullable Long intent) {}

    /** An entry with its place. */
    private record Placed(
            Addition addition, ItemRows.Head head, Change change, boolean beforeKept, long beforePosition) {}

    static Change append(Connection connection, Entry entry, @Nullable Long intent) throws SQLException {
        return append(connection, List.of(new Addition(entry, intent))).getFirst();
    }

    /** Appends entries in their order; gives their changes in the same order. */
    static List<Change> append(Connection connection, List<Addition> additions) throws SQLException {
        List<Item> items = new ArrayList<>(additions.size());
        for (Addition addition : additions) items.add(addition.entry().item());
        ItemRows rows = ItemRows.of(connection, items);
        long position = last(connection);
        List<Placed> placed = new ArrayList<>(additions.size());
        for (Addition addition : additions) placed.add(place(addition, rows, ++position));
        rows.write(connection);
        Chunks.each(placed, piece -> insert(connection, piece));
        List<Change> changes = new ArrayList<>(placed.size());
        for (Placed one : placed) changes.add(one.change());
        return changes;
    }

    private static Placed place(Addition addition, ItemRows rows, long position) {
        Entry entry = addition.entry();
        ItemRows.Head head = rows.head(entry.item());
        boolean beforeKept = entry.beforeIs(head.digest());
        long before = head.position();
        head.move(position, entry.keptDigest());
        return new Placed(addition, head, entry.at(position, head.revision()), beforeKept, before);
    }

    private static long last(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT COALESCE(MAX(position), 0) FROM change");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void insert(Connection connection, List<Placed> piece) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(Chunks.rows(INSERT, ROW, piece.size(), ""))) {
            int at = 0;
            for (Placed placed : piece) at = bind(insert, at, placed);
            insert.executeUpdate();
        }
    }

    private static int bind(PreparedStatement insert, int before, Placed placed) throws SQLException {
        int i = before;
        Entry entry = placed.addition().entry();
        Long intent = placed.addition().intent();
        Change change = placed.change();
        insert.setLong(++i, change.position());
        insert.setLong(++i, placed.head().id());
        insert.setLong(++i, change.revision());
        insert.setString(++i, change.resource());
        insert.setString(++i, change.action());
        insert.setLong(++i, Times.nanos(change.time()));
        insert.setString(++i, Heads.code(change.outcome()));
        if (intent == null) insert.setNull(++i, Types.BIGINT);
        else insert.setLong(++i, intent);
        insert.setBytes(++i, entry.head());
        insert.setBytes(++i, entry.patch());
        insert.setBytes(++i, entry.inverse());
        if (placed.beforeKept()) insert.setLong(++i, placed.beforePosition());
        else insert.setNull(++i, Types.BIGINT);
        insert.setBytes(++i, placed.beforeKept() ? null : entry.before());
        insert.setBytes(++i, entry.after());
        return i;
    }
}
