package io.eventful.command;

import io.eventful.ledger.KeptReply;
import io.eventful.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads commands. Calls block on the store. */
final class Rows {

    private static final long NANOS = 1_000_000_000L;
    private static final String COMMAND =
            "SELECT number, id, status, reason, method, path, created, ended, reply_status, reply_head, reply_body,"
                    + " owner, fingerprint FROM command WHERE ";

    private final Database database;

    Rows(Database database) {
        this.database = database;
    }

    /**
     * A command, and whose it is.
     *
     * @param owner keyed hash of its caller's credentials
     * @param fingerprint of its request
     */
    record Owned(Command command, String owner, String fingerprint) {}

    Optional<Owned> find(String id) {
        return one(COMMAND + "id = ?", id);
    }

    /** The command that has a claim. */
    Optional<Owned> byClaim(String claim) {
        return one(COMMAND + "claim = ?", claim);
    }

    private Optional<Owned> one(String sql, String value) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, value);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next()
                            ? Optional.of(new Owned(command(rows), rows.getString(12), rows.getString(13)))
                            : Optional.empty();
                }
            }
        });
    }

    /** Commands before a number, newest first, of one stored status or of any (null). */
    List<Command> list(Command.@Nullable Status status, long before, int limit) {
        return database.read(connection -> {
            String sql = COMMAND + "number < ?" + (status == null ? "" : " AND status = ?")
                    + " ORDER BY number DESC LIMIT " + limit;
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setLong(1, before);
                if (status != null) select.setString(2, status.word());
                return commands(select);
            }
        });
    }

    /** Commands whose events are due, oldest first, after a number. */
    List<Command> due(long after, int limit) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement(COMMAND + "due = 1 AND number > ? ORDER BY number LIMIT " + limit)) {
                select.setLong(1, after);
                return commands(select);
            }
        });
    }

    /** The encrypted request of a command; empty when it has ended. */
    Optional<byte[]> request(long number) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT request FROM command WHERE number = ?")) {
                select.setLong(1, number);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? Optional.ofNullable(rows.getBytes(1)) : Optional.empty();
                }
            }
        });
    }

    /** Commands that have not ended, in the order of their acceptance, after a number. */
    List<Pending> pending(long after, int limit) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT number, id, method, lane, upstream, created, claim, fingerprint, doubtful, keyed, size"
                            + " FROM command WHERE status = 'pending' AND number > ? ORDER BY number LIMIT " + limit)) {
                select.setLong(1, after);
                List<Pending> found = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) found.add(pending(rows));
                }
                return found;
            }
        });
    }

    /** Bytes that all commands hold. */
    long size() {
        return database.scan((Connection connection) -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT COALESCE(SUM(size), 0) FROM command");
                    ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    private static Pending pending(ResultSet row) throws SQLException {
        return new Pending(new Pending.Row(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                instant(row.getLong(6)),
                row.getString(7),
                row.getString(8),
                row.getInt(9) == 1,
                row.getInt(10) == 1,
                row.getLong(11)));
    }

    private static List<Command> commands(PreparedStatement select) throws SQLException {
        List<Command> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) found.add(command(rows));
        }
        return found;
    }

    private static Command command(ResultSet row) throws SQLException {
        int replied = row.getInt(9);
        KeptReply reply = row.wasNull() ? null : new KeptReply(replied, row.getBytes(10), row.getBytes(11));
        long ended = row.getLong(8);
        return new Command(
                row.getLong(1),
                row.getString(2),
                Command.Status.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                instant(row.getLong(7)),
                ended == 0 ? null : instant(ended),
                reply);
    }

    static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
