package io.eventful.ledger;

import io.eventful.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Rows of idempotency keys. The static ones run on the store's writer, in the transaction of the intent itself. */
final class Keys implements IdempotencyKeys {

    private static final String OPEN = "open";
    private static final String REPLIED = "replied";
    private static final String SETTLED = "settled";

    private final Database database;

    Keys(Database database) {
        this.database = database;
    }

    /** Takes a key that is free, or whose time is over. */
    static void take(Connection connection, KeyClaim claim, long intent, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO idempotency (owner, fingerprint, state, intent, expires) VALUES (?, ?, '" + OPEN
                        + "', ?, ?) ON CONFLICT (owner) DO UPDATE SET fingerprint = excluded.fingerprint,"
                        + " state = excluded.state, intent = excluded.intent, expires = excluded.expires,"
                        + " status = NULL, head = NULL, body = NULL, position = NULL"
                        + " WHERE idempotency.expires <= ? AND idempotency.state <> '" + OPEN + "'")) {
            insert.setString(1, claim.owner());
            insert.setString(2, claim.fingerprint());
            insert.setLong(3, intent);
            insert.setLong(4, Times.nanos(claim.expires()));
            insert.setLong(5, Times.nanos(now));
            if (insert.executeUpdate() != 1) throw new KeyInUseException();
        }
    }

    /** The call was answered. */
    static void replied(Connection connection, Intent intent, KeyClaim claim, KeptReply reply, @Nullable Long position)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE idempotency SET state = '" + REPLIED
                + "', status = ?, head = ?, body = ?, position = ? WHERE owner = ? AND intent = ?")) {
            update.setInt(1, reply.status());
            update.setBytes(2, reply.head());
            update.setBytes(3, reply.body());
            position(update, 4, position);
            update.setString(5, claim.owner());
            update.setLong(6, intent.id());
            update.executeUpdate();
        }
    }

    /** The call is over, and nobody has its reply. */
    static void settled(Connection connection, Intent intent, KeyClaim claim, @Nullable Long position)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE idempotency SET state = '" + SETTLED
                + "', position = ? WHERE owner = ? AND intent = ? AND state = '" + OPEN + "'")) {
            position(update, 1, position);
            update.setString(2, claim.owner());
            update.setLong(3, intent.id());
            update.executeUpdate();
        }
    }

    private static void position(PreparedStatement statement, int index, @Nullable Long position) throws SQLException {
        if (position == null) statement.setNull(index, Types.BIGINT);
        else statement.setLong(index, position);
    }

    /** The call was not applied: its key may be used for another try. */
    static void free(Connection connection, Intent intent, KeyClaim claim) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM idempotency WHERE owner = ? AND intent = ?")) {
            delete.setString(1, claim.owner());
            delete.setLong(2, intent.id());
            delete.executeUpdate();
        }
    }

    /**
     * What became of a call was found out long after it. A call that was not applied may be repeated with its key; one that
     * was is answered by the change that tells so, where that names the item.
     */
    static void resolved(Connection connection, Resolution resolution, long resolvedBy) throws SQLException {
        boolean applied = resolution.finding() == Resolution.Finding.CONFIRMED;
        if (applied && !resolution.isOfItem()) return;
        String sql = applied ? "UPDATE idempotency SET position = ?" : "DELETE FROM idempotency";
        try (PreparedStatement change =
                connection.prepareStatement(sql + " WHERE position = ? AND state = '" + SETTLED + "'")) {
            if (applied) change.setLong(1, resolvedBy);
            change.setLong(applied ? 2 : 1, resolution.change().position());
            change.executeUpdate();
        }
    }

    @Override
    public Optional<KeyState> find(String owner, Instant now) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT fingerprint, state, status, head, body, position"
                            + " FROM idempotency WHERE owner = ? AND (expires > ? OR state = '" + OPEN + "')")) {
                select.setString(1, owner);
                select.setLong(2, Times.nanos(now));
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? Optional.of(state(rows)) : Optional.empty();
                }
            }
        });
    }

    private static KeyState state(ResultSet row) throws SQLException {
        String fingerprint = row.getString(1);
        return switch (row.getString(2)) {
            case REPLIED ->
                new KeyState.Replied(
                        fingerprint, new KeptReply(row.getInt(3), row.getBytes(4), row.getBytes(5)), position(row));
            case SETTLED -> new KeyState.Settled(fingerprint, position(row));
            default -> new KeyState.Open(fingerprint);
        };
    }

    private static OptionalLong position(ResultSet row) throws SQLException {
        long position = row.getLong(6);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(position);
    }

    @Override
    public CompletableFuture<Integer> sweep(Instant now, long most, int limit) {
        return database.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM idempotency WHERE owner IN (SELECT owner FROM idempotency WHERE state <> '" + OPEN
                            + "' AND (expires <= ? OR expires <= (SELECT expires FROM idempotency"
                            + " ORDER BY expires DESC LIMIT 1 OFFSET ?)) ORDER BY expires LIMIT ?)")) {
                delete.setLong(1, Times.nanos(now));
                delete.setLong(2, most);
                delete.setInt(3, limit);
                return delete.executeUpdate();
            }
        });
    }

    @Override
    public CompletableFuture<Boolean> forget(String owner) {
        return database.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM idempotency WHERE owner = ? AND state <> '" + OPEN + "'")) {
                delete.setString(1, owner);
                return delete.executeUpdate() == 1;
            }
        });
    }
}
