package io.eventful.delivery;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements on what delivery keeps of each subscription. */
final class Endpoints {

    private static final String UPSERT = "INSERT INTO delivery_endpoint (subscription, held, paused_until, position,"
            + " sink) VALUES (?, ?, ?, ?, ?) ON CONFLICT (subscription) DO UPDATE SET ";

    private Endpoints() {}

    /** Whether what waits for a subscription is held. */
    enum Hold {
        RUNNING,
        HELD
    }

    /**
     * What the store has of one endpoint.
     *
     * @param sink where that was; null when an older version wrote it
     */
    record Endpoint(
            Instant pausedUntil,
            long position,
            @Nullable Instant failingSince,
            @Nullable String sink) {

        /** Nothing. */
        static final Endpoint FRESH = new Endpoint(Instant.EPOCH, 0, null, null);

        boolean isOf(URI present) {
            return sink == null || sink.equals(present.toString());
        }

        /** The same of another sink. */
        Endpoint moved() {
            return new Endpoint(Instant.EPOCH, position, null, null);
        }
    }

    /** Notes whether what waits is held, and where it goes. */
    static void hold(Connection connection, String subscription, Hold hold, URI sink) throws SQLException {
        upsert(
                connection,
                "held = excluded.held, sink = excluded.sink",
                subscription,
                hold.ordinal(),
                0,
                0,
                sink.toString());
    }

    /** Pauses a subscription until a time, unless it is paused for longer already. */
    static void pause(Connection connection, String subscription, Instant until) throws SQLException {
        upsert(
                connection,
                "paused_until = CASE WHEN excluded.paused_until > delivery_endpoint.paused_until"
                        + " THEN excluded.paused_until ELSE delivery_endpoint.paused_until END",
                subscription,
                0,
                until.toEpochMilli(),
                0,
                null);
    }

    /** Failed deliveries that wait for their next attempt are due now, and a pause that the sink asked for ends. */
    static void tryNow(Connection connection, String subscription, Instant now) throws SQLException {
        // A delivery in flight is pending, not failed.
        try (PreparedStatement due = connection.prepareStatement("UPDATE delivery SET next_attempt = ? WHERE"
                + " subscription = ? AND finished IS NULL AND next_attempt > ? AND state = 'failed'")) {
            due.setLong(1, now.toEpochMilli());
            due.setString(2, subscription);
            due.setLong(3, now.toEpochMilli());
            due.executeUpdate();
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE delivery_endpoint SET paused_until = 0 WHERE subscription = ?")) {
            update.setString(1, subscription);
            update.executeUpdate();
        }
    }

    /** The subscription has another sink: the pause and failures of the former one are forgotten, and its retries are due now. */
    static void moved(Connection connection, String subscription, Instant now) throws SQLException {
        tryNow(connection, subscription, now);
        failing(connection, subscription, null);
    }

    static void position(Connection connection, String subscription, long position) throws SQLException {
        upsert(connection, "position = excluded.position", subscription, 0, 0, position, null);
    }

    static void failing(Connection connection, String subscription, @Nullable Instant since) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE delivery_endpoint SET failing_since = ? WHERE subscription = ?")) {
            if (since == null) update.setNull(1, Types.BIGINT);
            else update.setLong(1, since.toEpochMilli());
            update.setString(2, subscription);
            update.executeUpdate();
        }
    }

    static void delete(Connection connection, String subscription) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM delivery_endpoint WHERE subscription = ?")) {
            delete.setString(1, subscription);
            delete.executeUpdate();
        }
    }

    static Map<String, Endpoint> all(Connection connection) throws SQLException {
        Map<String, Endpoint> all = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT subscription, paused_until, position, failing_since, sink FROM delivery_endpoint");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                long failing = row.getLong(4);
                Instant since = row.wasNull() ? null : Instant.ofEpochMilli(failing);
                all.put(
                        row.getString(1),
                        new Endpoint(Instant.ofEpochMilli(row.getLong(2)), row.getLong(3), since, row.getString(5)));
            }
        }
        return all;
    }

    private static void upsert(
            Connection connection,
            String set,
            String subscription,
            int held,
            long pausedUntil,
            long position,
            @Nullable String sink)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT + set)) {
            upsert.setString(1, subscription);
            upsert.setInt(2, held);
            upsert.setLong(3, pausedUntil);
            upsert.setLong(4, position);
            upsert.setString(5, sink);
            upsert.executeUpdate();
        }
    }
}
