package io.eventful.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who writes a store in PostgreSQL: the session with its advisory lock, if nobody else has written since this gateway did.
 * Each group that writes leaves a random mark, by which both is told: what became of a commit, and whether the last one was
 * this gateway's. Used only by the writer.
 */
final class Ownership {

    /** First half of the key of the advisory lock; the second half is a hash of the schema and the name of the store. */
    private static final int LOCK_SPACE = 0x65766e74;

    private static final String KEY = "hashtext(current_schema() || '/' || ?)";
    private static final Duration OWNER_WAIT = Duration.ofSeconds(5);

    static final String LOCK_NOT_AVAILABLE = "55P03";

    private final String name;
    /** The last mark of which it is known that it was written; null before the first session. */
    private @Nullable String known;
    /** The mark of the last group; null if there was none since. */
    private @Nullable String last;

    private @Nullable SupersededException superseded;

    Ownership(String name) {
        this.name = name;
    }

    /**
     * Makes a new session the one that writes the store. Waits a moment for the lock, because the session of a killed
     * process ends with a delay.
     *
     * @throws SupersededException if another gateway has written meanwhile
     */
    void take(Connection connection) throws SQLException {
        lock(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS commit_mark (store TEXT PRIMARY KEY, transaction TEXT NOT NULL)");
        }
        try (PreparedStatement mark = connection.prepareStatement(
                "INSERT INTO commit_mark (store, transaction) VALUES (?, '') ON CONFLICT (store) DO NOTHING")) {
            mark.setString(1, name);
            mark.executeUpdate();
        }
        String found = found(connection);
        if (known != null && !found.equals(known) && !found.equals(last)) superseded = new SupersededException();
        require();
        known = found;
        last = null;
    }

    /** Refuses for good when another gateway has written: even if that one has ended. */
    void require() throws SupersededException {
        if (superseded != null) throw superseded;
    }

    private void lock(Connection connection) throws SQLException {
        try (Statement settings = connection.createStatement()) {
            // The server must soon notice that this machine is gone, because it holds the lock until then.
            settings.execute("SET tcp_keepalives_idle = 10");
            settings.execute("SET tcp_keepalives_interval = 5");
            settings.execute("SET tcp_keepalives_count = 3");
            settings.execute("SET lock_timeout = " + OWNER_WAIT.toMillis());
        }
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_lock(?, " + KEY + ")")) {
            lock.setInt(1, LOCK_SPACE);
            lock.setString(2, name);
            lock.execute();
        } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) throw e;
            throw new SQLException(
                    "it is in use by another gateway (" + owner(connection)
                            + "); only one gateway can use a database: stop the other one, or set eventful.store.url"
                            + " to another database or schema",
                    LOCK_NOT_AVAILABLE,
                    e);
        }
        try (Statement settings = connection.createStatement()) {
            settings.execute("RESET lock_timeout");
        }
    }

    /** The owner of the lock, as far as this user may see it. */
    private String owner(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT COALESCE(host(a.client_addr), 'local'), a.client_port, a.backend_start FROM pg_locks l"
                        + " JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted"
                        + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                        + " AND l.classid = ? AND l.objid::bigint = (" + KEY + ")::bigint & 4294967295")) {
            select.setLong(1, LOCK_SPACE);
            select.setString(2, name);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? "from " + rows.getString(1) + ':' + rows.getString(2) + ", since " + rows.getString(3)
                        : "which has just disconnected";
            }
        }
    }

    void touch(Connection connection) throws SQLException {
        try (PreparedStatement mark =
                connection.prepareStatement("UPDATE commit_mark SET transaction = transaction WHERE store = ?")) {
            mark.setString(1, name);
            mark.executeUpdate();
        }
    }

    /**
     * Marks the group that is about to be committed, at random: after a crash, the server may reuse the ids of lost
     * transactions. Empty if it wrote nothing.
     */
    Optional<String> mark(Connection connection) throws SQLException {
        String next = UUID.randomUUID().toString();
        try (PreparedStatement mark = connection.prepareStatement("UPDATE commit_mark SET transaction = ?"
                + " WHERE store = ? AND txid_current_if_assigned() IS NOT NULL")) {
            mark.setString(1, next);
            mark.setString(2, name);
            if (mark.executeUpdate() == 0) return Optional.empty();
        }
        // A session is only used on after a commit that succeeded.
        if (last != null) known = last;
        last = next;
        return Optional.of(next);
    }

    /** Whether the last commit was that of a group. */
    boolean committed(Connection connection, String transaction) throws SQLException {
        return transaction.equals(found(connection));
    }

    private String found(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT transaction FROM commit_mark WHERE store = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }
}
