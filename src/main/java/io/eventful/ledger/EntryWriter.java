package io.eventful.ledger;

import io.eventful.event.Change;
import io.eventful.event.Item;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Writes rows of changes. Runs on the store's writer, which is what makes positions and revisions gapless. */
final class EntryWriter {

    private static final String NEXT = "(SELECT COALESCE(MAX(position), 0) + 1 FROM change)";

    private EntryWriter() {}

    /** Where an item stands. */
    private record Head(
            long id, long revision, long position, @Nullable String digest) {}

    static Change append(Connection connection, Entry entry, @Nullable Long intent) throws SQLException {
        Head known = head(connection, entry.item());
        if (known == null) return first(connection, entry, intent);
        long revision = known.revision() + 1;
        long position = insert(connection, entry, intent, known, revision);
        move(connection, known.id(), revision, position, entry.keptDigest());
        return entry.at(position, revision);
    }

    /** Of an item that was not known: its row is written once, as it is after the change. */
    private static Change first(Connection connection, Entry entry, @Nullable Long intent) throws SQLException {
        Head created = create(connection, entry.item(), entry.keptDigest());
        long position = insert(connection, entry, intent, created, 1);
        if (position != created.position())
            throw new IllegalStateException("another writer appended to the ledger in this transaction");
        return entry.at(position, 1);
    }

    private static @Nullable Head head(Connection connection, Item item) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id, revision, position, digest FROM item WHERE subject = ? AND source = ? AND scope = ?")) {
            select.setString(1, item.subject());
            select.setString(2, item.source());
            select.setString(3, item.scope());
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) return null;
                return new Head(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getString(4));
            }
        }
    }

    /** The item with the position that the change will have, which is inserted next. */
    private static Head create(Connection connection, Item item, @Nullable String digest) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO item (subject, source, scope, revision, position, digest)"
                        + " VALUES (?, ?, ?, 1, " + NEXT + ", ?) RETURNING id, position")) {
            insert.setString(1, item.subject());
            insert.setString(2, item.source());
            insert.setString(3, item.scope());
            insert.setString(4, digest);
            try (ResultSet rows = insert.executeQuery()) {
                rows.next();
                return new Head(rows.getLong(1), 0, rows.getLong(2), null);
            }
        }
    }

    private static long insert(Connection connection, Entry entry, @Nullable Long intent, Head head, long revision)
            throws SQLException {
        Change change = entry.change();
        boolean before = entry.beforeIs(head.digest());
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO change (position, item, revision,"
                + " resource, action, time, outcome, intent, head, patch, inverse, before_position, before_image,"
                + " after_image) VALUES (" + NEXT + ","
                + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING position")) {
            insert.setLong(1, head.id());
            insert.setLong(2, revision);
            insert.setString(3, change.resource());
            insert.setString(4, change.action());
            insert.setLong(5, Times.nanos(change.time()));
            insert.setString(6, Heads.code(change.outcome()));
            if (intent == null) insert.setNull(7, Types.BIGINT);
            else insert.setLong(7, intent);
            insert.setBytes(8, entry.head());
            insert.setBytes(9, entry.patch());
            insert.setBytes(10, entry.inverse());
            if (before) insert.setLong(11, head.position());
            else insert.setNull(11, Types.BIGINT);
            insert.setBytes(12, before ? null : entry.before());
            insert.setBytes(13, entry.after());
            try (ResultSet rows = insert.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static void move(Connection connection, long id, long revision, long position, @Nullable String digest)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE item SET revision = ?, position = ?, digest = ? WHERE id = ?")) {
            update.setLong(1, revision);
            update.setLong(2, position);
            update.setString(3, digest);
            update.setLong(4, id);
            update.executeUpdate();
        }
    }
}
