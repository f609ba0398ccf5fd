package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Change;
import io.eventful.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Takes an export into a ledger that has nothing yet: positions, revisions and times stay what they were. All of it is one
 * transaction, so an import that is stopped leaves nothing, and can be made again. Until then SQLite needs twice its size.
 */
final class Import {

    private final Database database;

    Import(Database database) {
        this.database = database;
    }

    /**
     * Gives the number of changes.
     *
     * @throws LedgerFileException when it cannot be done
     * @throws io.eventful.store.StoreUnavailableException when the store does not take it
     */
    long read(Path file) throws IOException {
        if (!isEmpty())
            throw new LedgerFileException(
                    "this ledger already contains changes or open calls; import into an empty one: a new data folder"
                            + " (--data), or with PostgreSQL another database or schema (eventful.store.url)");
        ExportReader.check(file);
        try {
            return database.write(connection -> restore(connection, file)).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case UncheckedIOException unreadable -> throw unreadable.getCause();
                case RuntimeException failure -> throw failure;
                case null -> throw e;
                case Throwable failure ->
                    throw new LedgerFileException(
                            "nothing was imported from " + file + ": " + failure.getMessage(), failure);
            }
        }
    }

    private static long restore(Connection connection, Path file) throws SQLException {
        Restoring restoring = new Restoring(connection);
        try {
            ExportReader.visit(file, restoring);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return restoring.count;
    }

    private boolean isEmpty() {
        return database.read(connection -> {
            for (String table : List.of("change", "intent", "item")) {
                try (Statement select = connection.createStatement();
                        ResultSet rows = select.executeQuery("SELECT 1 FROM " + table + " LIMIT 1")) {
                    if (rows.next()) return false;
                }
            }
            return true;
        });
    }

    private static final class Restoring implements ExportReader.Visitor<SQLException> {
        private final Connection connection;
        private long count;

        private Restoring(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void change(JsonNode change) throws SQLException {
            Change read = ChangeLine.read(change);
            try {
                restore(connection, read);
            } catch (SQLException e) {
                throw new LedgerFileException(
                        "nothing was imported, because the change at position " + read.position() + " of "
                                + read.subject() + " cannot be written: " + e.getMessage(),
                        e);
            }
            count++;
        }

        @Override
        public void resolution(JsonNode resolution) throws SQLException {
            ResolutionRows.restore(connection, resolution);
        }

        @Override
        public void madeAgain(JsonNode made) throws SQLException {
            MadeAgainRows.restore(connection, made);
        }
    }

    private static void restore(Connection connection, Change change) throws SQLException {
        Entry entry = Entry.of(change);
        long item;
        long before = 0;
        try (PreparedStatement select = connection.prepareStatement("SELECT id, revision, position, digest FROM item"
                + " WHERE same_text(subject, ?) AND same_text(source, ?) AND same_text(scope, ?)")) {
            select.setString(1, change.item().subject());
            select.setString(2, change.item().source());
            select.setString(3, change.item().scope());
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    item = row.getLong(1);
                    if (row.getLong(2) + 1 != change.revision())
                        throw new LedgerFileException("revision " + change.revision() + " of " + change.subject()
                                + " follows " + row.getLong(2) + " in the export; it is not whole");
                    if (entry.beforeIs(row.getString(4))) before = row.getLong(3);
                    move(connection, item, change, entry.keptDigest());
                } else item = create(connection, change, entry.keptDigest());
            }
        }
        insert(connection, entry, item, before);
    }

    private static long create(Connection connection, Change change, @Nullable String digest) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO item (subject, source, scope,"
                + " revision, position, digest, trimmed) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id")) {
            insert.setString(1, change.item().subject());
            insert.setString(2, change.item().source());
            insert.setString(3, change.item().scope());
            insert.setLong(4, change.revision());
            insert.setLong(5, change.position());
            insert.setString(6, digest);
            insert.setLong(7, change.revision() - 1);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void move(Connection connection, long item, Change change, @Nullable String digest)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE item SET revision = ?, position = ?, digest = ? WHERE id = ?")) {
            update.setLong(1, change.revision());
            update.setLong(2, change.position());
            update.setString(3, digest);
            update.setLong(4, item);
            update.executeUpdate();
        }
    }

    private static void insert(Connection connection, Entry entry, long item, long before) throws SQLException {
        Change change = entry.change();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO change (position, item, revision,"
                + " resource, action, time, outcome, head, patch, inverse, before_position, before_image, after_image)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, change.position());
            insert.setLong(2, item);
            insert.setLong(3, change.revision());
            insert.setString(4, change.resource());
            insert.setString(5, change.action());
            insert.setLong(6, Times.nanos(change.time()));
            insert.setString(7, Heads.code(change.outcome()));
            insert.setBytes(8, entry.head());
            insert.setBytes(9, entry.patch());
            insert.setBytes(10, entry.inverse());
            if (before == 0) insert.setNull(11, Types.BIGINT);
            else insert.setLong(11, before);
            insert.setBytes(12, before == 0 ? entry.before() : null);
            insert.setBytes(13, entry.after());
            insert.executeUpdate();
        }
    }
}
