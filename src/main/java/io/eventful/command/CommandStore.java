package io.eventful.command;

import io.eventful.ledger.KeptReply;
import io.eventful.store.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Rows of commands: one insert when one is accepted, one update when it ends. Futures complete when that is durable. */
final class CommandStore {

    private final Database database;

    CommandStore(Database database) {
        this.database = database;
    }

    /**
     * A command to be kept.
     *
     * @param owner keyed hash of the caller's credentials
     * @param request encrypted
     */
    record Draft(
            String id,
            String method,
            String path,
            String lane,
            String upstream,
            String owner,
            String claim,
            String fingerprint,
            boolean keyed,
            Instant created,
            byte[] request) {}

    /** Keeps a command; empty when another one has the claim. */
    CompletableFuture<Optional<Pending>> insert(Draft draft) {
        return database.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO command (id, status, method, path, lane, upstream, owner, claim, fingerprint, keyed,"
                            + " doubtful, due, created, request, size)"
                            + " VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?)"
                            + " ON CONFLICT (claim) DO NOTHING RETURNING number")) {
                insert.setString(1, draft.id());
                insert.setString(2, draft.method());
                insert.setString(3, draft.path());
                insert.setString(4, draft.lane());
                insert.setString(5, draft.upstream());
                insert.setString(6, draft.owner());
                insert.setString(7, draft.claim());
                insert.setString(8, draft.fingerprint());
                insert.setInt(9, draft.keyed() ? 1 : 0);
                insert.setLong(10, Rows.nanos(draft.created()));
                insert.setBytes(11, draft.request());
                insert.setLong(12, draft.request().length);
                try (ResultSet rows = insert.executeQuery()) {
                    return rows.next() ? Optional.of(pending(rows.getLong(1), draft)) : Optional.empty();
                }
            }
        });
    }

    private static Pending pending(long number, Draft draft) {
        return new Pending(new Pending.Row(
                number,
                draft.id(),
                draft.method(),
                draft.lane(),
                draft.upstream(),
                draft.created(),
                draft.claim(),
                draft.fingerprint(),
                false,
                draft.keyed(),
                draft.request().length));
    }

    /** Notes that nobody knows what became of an attempt. */
    CompletableFuture<Boolean> doubt(long number) {
        return update("UPDATE command SET doubtful = 1 WHERE number = ?", number);
    }

    /**
     * Ends a command, and forgets its request. False when it had ended before. One that is cancelled gives its claim back:
     * nothing was sent, so a repeat with its key is a new command.
     */
    CompletableFuture<Boolean> end(long number, End end, Instant now) {
        KeptReply reply = end.reply();
        return database.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE command SET status = ?, reason = ?, ended = ?, request = NULL, reply_status = ?,"
                            + " reply_head = ?, reply_body = ?, size = ?, due = 1, claim = CASE WHEN ? = 1 THEN ? || id"
                            + " ELSE claim END WHERE number = ? AND status = 'pending'")) {
                update.setString(1, end.status().word());
                update.setString(2, end.reason());
                update.setLong(3, Rows.nanos(now));
                if (reply == null) update.setNull(4, Types.INTEGER);
                else update.setInt(4, reply.status());
                update.setBytes(5, reply == null ? null : reply.head());
                update.setBytes(6, reply == null ? null : reply.body());
                update.setLong(7, size(reply));
                update.setInt(8, End.CANCELLED.equals(end.reason()) ? 1 : 0);
                update.setString(9, Registry.UNKEYED);
                update.setLong(10, number);
                return update.executeUpdate() == 1;
            }
        });
    }

    static long size(@Nullable KeptReply reply) {
        if (reply == null) return 0;
        byte[] body = reply.body();
        return reply.head().length + (body == null ? 0L : body.length);
    }

    /** Notes that the event of a command is published. */
    CompletableFuture<Boolean> announced(long number) {
        return update("UPDATE command SET due = 0 WHERE number = ?", number);
    }

    /**
     * Forgets ended commands: those that ended before a time, and the oldest beyond a number. Those whose event is due
     * stay.
     *
     * @param most how many stay
     * @param limit how many are forgotten at most
     * @return bytes that are free again, and how many commands were forgotten
     */
    CompletableFuture<Swept> sweep(Instant before, int most, int limit) {
        return database.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM command WHERE number IN (SELECT number FROM command WHERE ended IS NOT NULL"
                            + " AND due = 0 AND (ended < ? OR ended <= (SELECT ended FROM command"
                            + " WHERE ended IS NOT NULL ORDER BY ended DESC LIMIT 1 OFFSET ?))"
                            + " ORDER BY ended LIMIT ?) RETURNING size")) {
                delete.setLong(1, Rows.nanos(before));
                delete.setInt(2, most);
                delete.setInt(3, limit);
                return swept(delete);
            }
        });
    }

    private static Swept swept(PreparedStatement delete) throws SQLException {
        long bytes = 0;
        int commands = 0;
        try (ResultSet rows = delete.executeQuery()) {
            while (rows.next()) {
                bytes += rows.getLong(1);
                commands++;
            }
        }
        return new Swept(bytes, commands);
    }

    /** What was forgotten. */
    record Swept(long bytes, int commands) {}

    private CompletableFuture<Boolean> update(String sql, long number) {
        return database.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setLong(1, number);
                return update.executeUpdate() == 1;
            }
        });
    }
}
