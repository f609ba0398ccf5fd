package io.eventful.delivery;

import io.eventful.delivery.Deliveries.Selection;
import io.eventful.delivery.Rows.Row;
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

/** The statements that make deliveries due again before their time, or after their end. */
final class Revival {

    private static final String SELECT = "SELECT ordinal, " + Rows.COLUMNS + " FROM delivery WHERE ";

    private Revival() {}

    /** A delivery that was found, and its place in the log. */
    record Found(Delivery delivery, long ordinal) {}

    /** One delivery that has a row. */
    static Optional<Found> find(Connection connection, String id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT + "id = ?")) {
            query.setString(1, id);
            return found(query).stream().findFirst();
        }
    }

    /** Dead or failed deliveries behind an ordinal, in their order. */
    static List<Found> select(Connection connection, Selection wanted, long after, long upTo, int most)
            throws SQLException {
        StringBuilder where = new StringBuilder(SELECT + "ordinal > ? AND ordinal <= ? AND state = '"
                + wanted.state().name().toLowerCase(Locale.ROOT) + "'");
        List<Object> values = new ArrayList<>(List.of(after, upTo));
        // It says so by itself; the store needs it to find them without the log.
        if (wanted.state() == DeliveryRecord.State.FAILED) where.append(" AND finished IS NULL");
        condition(where, values, "subscription = ?", wanted.subscription());
        condition(where, values, "channel = ?", wanted.channel());
        condition(where, values, "subject = ?", wanted.subject());
        condition(where, values, "reason = ?", wanted.reason());
        condition(where, values, "created >= ?", millis(wanted.from()));
        condition(where, values, "created <= ?", millis(wanted.to()));
        if (!wanted.types().isEmpty()) {
            where.append(" AND event_type IN (?")
                    .append(", ?".repeat(wanted.types().size() - 1))
                    .append(')');
            values.addAll(wanted.types());
        }
        try (PreparedStatement query = connection.prepareStatement(
                where.append(" ORDER BY ordinal LIMIT " + most).toString())) {
            for (int i = 0; i < values.size(); i++) query.setObject(i + 1, values.get(i));
            return found(query);
        }
    }

    /** The nearest that can be written, for times beyond. */
    private static @Nullable Long millis(@Nullable Instant time) {
        if (time == null) return null;
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException beyond) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static List<Found> found(PreparedStatement query) throws SQLException {
        List<Found> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) found.add(new Found(Rows.row(row).delivery(), row.getLong("ordinal")));
        }
        return found;
    }

    private static void condition(StringBuilder where, List<Object> values, String condition, @Nullable Object value) {
        if (value == null) return;
        where.append(" AND ").append(condition);
        values.add(value);
    }

    /**
     * Makes one due: a dead one with its whole schedule again, behind what waits of its subject from before it. Returns
     * a dead one that lives again.
     */
    static Optional<Delivery> queue(Connection connection, String id, Instant now) throws SQLException {
        try (PreparedStatement revive = connection.prepareStatement("UPDATE delivery SET state = 'pending', steps = 0,"
                + " next_attempt = ?, finished = NULL, updated = ? WHERE id = ? AND state = 'dead' RETURNING "
                + Rows.COLUMNS)) {
            revive.setLong(1, now.toEpochMilli());
            revive.setLong(2, now.toEpochMilli());
            revive.setString(3, id);
            Row revived = null;
            try (ResultSet row = revive.executeQuery()) {
                if (row.next()) revived = Rows.row(row);
            }
            if (revived != null) {
                if (Rows.lineWaits(connection, revived.delivery())) queueBehind(connection, id);
                return Optional.of(revived.delivery());
            }
        }
        try (PreparedStatement hasten = connection.prepareStatement("UPDATE delivery SET next_attempt = ?, updated = ?"
                + " WHERE id = ? AND finished IS NULL AND next_attempt IS NOT NULL")) {
            hasten.setLong(1, now.toEpochMilli());
            hasten.setLong(2, now.toEpochMilli());
            hasten.setString(3, id);
            hasten.executeUpdate();
            return Optional.empty();
        }
    }

    private static void queueBehind(Connection connection, String id) throws SQLException {
        try (PreparedStatement behind =
                connection.prepareStatement("UPDATE delivery SET next_attempt = NULL WHERE id = ?")) {
            behind.setString(1, id);
            behind.executeUpdate();
        }
    }
}
