package io.eventful.delivery;

import io.eventful.delivery.Standing.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements on waiting and finished deliveries; each runs inside a unit of the store. */
final class Rows {

    static final String COLUMNS =
            "id, subscription, channel, source, event_id, event_type, subject, line, place, position,"
                    + " replay, created, state, attempts, steps, next_attempt, finished, reason";

    private static final String INSERT = "INSERT INTO delivery (" + COLUMNS + ", updated)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING";

    private Rows() {}

    /** A delivery and where it stands. */
    record Row(Delivery delivery, Standing standing) {}

    /** Whether an insert made a row, or met the one of an earlier sending of the same event. */
    enum Inserted {
        NEW,
        KNOWN
    }

    static Inserted insert(Connection connection, Delivery delivery, Standing standing, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            bind(insert, delivery, standing, now);
            return insert.executeUpdate() > 0 ? Inserted.NEW : Inserted.KNOWN;
        }
    }

    private static void bind(PreparedStatement insert, Delivery delivery, Standing standing, Instant now)
            throws SQLException {
        int i = 0;
        insert.setString(++i, delivery.id());
        insert.setString(++i, delivery.subscription());
        insert.setString(++i, delivery.channel());
        insert.setString(++i, delivery.source());
        insert.setString(++i, delivery.eventId());
        insert.setString(++i, delivery.eventType());
        insert.setString(++i, delivery.subject());
        insert.setString(++i, delivery.line());
        insert.setLong(++i, delivery.place());
        insert.setLong(++i, delivery.position());
        insert.setString(++i, delivery.replay());
        insert.setLong(++i, delivery.created().toEpochMilli());
        insert.setString(++i, name(standing.state()));
        insert.setInt(++i, standing.attempts());
        insert.setInt(++i, standing.steps());
        instant(insert, ++i, standing.next());
        instant(insert, ++i, standing.finished());
        insert.setString(++i, standing.reason());
        insert.setLong(++i, now.toEpochMilli());
    }

    /** Whether an earlier delivery of the line waits or is in flight. */
    static boolean lineWaits(Connection connection, Delivery delivery) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT 1 FROM delivery WHERE subscription = ? AND same_text(line, ?) AND finished IS NULL AND place <"
                        + " ? LIMIT 1")) {
            query.setString(1, delivery.subscription());
            query.setString(2, delivery.line());
            query.setLong(3, delivery.place());
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        }
    }

    /**
     * Writes where a waiting delivery stands now. One that was given up meanwhile, because its subscription was deleted
     * during the attempt, stays so, unless the attempt delivered it.
     */
    static void update(Connection connection, String id, Standing standing, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE delivery SET state = ?, attempts = ?, steps = ?, next_attempt = ?, finished = ?, reason = ?,"
                        + " updated = ? WHERE id = ? AND finished IS NULL")) {
            update.setString(1, name(standing.state()));
            update.setInt(2, standing.attempts());
            update.setInt(3, standing.steps());
            instant(update, 4, standing.next());
            instant(update, 5, standing.finished());
            update.setString(6, standing.reason());
            update.setLong(7, now.toEpochMilli());
            update.setString(8, id);
            if (update.executeUpdate() > 0) return;
        }
        attempted(connection, id, standing);
        if (standing.state() == State.DELIVERED) deliveredAfterAll(connection, id, standing, now);
    }

    private static void attempted(Connection connection, String id, Standing standing) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE delivery SET attempts = ?, steps = ? WHERE id = ? AND attempts < ? AND state = 'dead'"
                        + " AND reason = 'subscription-deleted'")) {
            update.setInt(1, standing.attempts());
            update.setInt(2, standing.steps());
            update.setString(3, id);
            update.setInt(4, standing.attempts());
            update.executeUpdate();
        }
    }

    private static void deliveredAfterAll(Connection connection, String id, Standing standing, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE delivery SET state = 'delivered', reason = ?, updated = ? WHERE id = ? AND state = 'dead'"
                        + " AND reason = 'subscription-deleted'")) {
            update.setString(1, standing.reason());
            update.setLong(2, now.toEpochMilli());
            update.setString(3, id);
            update.executeUpdate();
        }
    }

    /** Makes the first delivery of a line due that waits behind nothing any more. */
    static void release(Connection connection, String subscription, String line, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE delivery SET next_attempt = ? WHERE next_attempt IS NULL AND ordinal = (SELECT ordinal FROM"
                        + " delivery WHERE subscription = ? AND same_text(line, ?) AND finished IS NULL ORDER BY place"
                        + " LIMIT 1)")) {
            update.setLong(1, now.toEpochMilli());
            update.setString(2, subscription);
            update.setString(3, line);
            update.executeUpdate();
        }
    }

    /** Takes due deliveries of a subscription in their order; each is ours until the claim ends. */
    static List<Row> claim(Connection connection, String subscription, Instant now, Instant claimEnds, int most)
            throws SQLException {
        List<Row> claimed = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement("UPDATE delivery SET state = 'pending',"
                + " next_attempt = ?, updated = ? WHERE finished IS NULL AND next_attempt <= ? AND ordinal IN (SELECT"
                + " ordinal FROM delivery WHERE subscription = ? AND finished IS NULL AND next_attempt <= ?"
                + " ORDER BY next_attempt, place LIMIT ?) RETURNING " + COLUMNS)) {
            update.setLong(1, claimEnds.toEpochMilli());
            update.setLong(2, now.toEpochMilli());
            update.setLong(3, now.toEpochMilli());
            update.setString(4, subscription);
            update.setLong(5, now.toEpochMilli());
            update.setInt(6, most);
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) claimed.add(row(rows));
            }
        }
        claimed.sort(Comparator.comparingLong(row -> row.delivery().place()));
        return claimed;
    }

    /** When the next delivery of a subscription is due. */
    static Optional<Instant> nextDue(Connection connection, String subscription) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT MIN(next_attempt) FROM delivery WHERE subscription = ? AND finished IS NULL")) {
            query.setString(1, subscription);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.ofNullable(instant(row, 1)) : Optional.empty();
            }
        }
    }

    static Row row(ResultSet row) throws SQLException {
        Delivery delivery = new Delivery(
                row.getString("id"),
                row.getString("subscription"),
                row.getString("channel"),
                row.getString("source"),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getString("subject"),
                row.getString("line"),
                row.getLong("place"),
                row.getLong("position"),
                row.getString("replay"),
                Instant.ofEpochMilli(row.getLong("created")));
        Standing standing = new Standing(
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("attempts"),
                row.getInt("steps"),
                instant(row, "next_attempt"),
                instant(row, "finished"),
                row.getString("reason"));
        return new Row(delivery, standing);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        return instant(row, row.findColumn(column));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static void instant(PreparedStatement statement, int index, @Nullable Instant value) throws SQLException {
        if (value == null) statement.setNull(index, Types.BIGINT);
        else statement.setLong(index, value.toEpochMilli());
    }

    private static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
