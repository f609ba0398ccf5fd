package io.eventful.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;

/** The statement that logs deliveries which succeeded at once: one row each, many rows at a time. */
final class DeliveredRows {

    private static final String INSERT = "INSERT INTO delivery (id, subscription, channel, event_id, event_type,"
            + " subject, line, place, position, created, updated, finished, reason, sent_time, sent_duration, sent_dns,"
            + " sent_connect, sent_first_byte, sent_status, sent_head, sent_tls, state, attempts, steps) VALUES ";
    private static final String ROW =
            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'delivered', 1, 0)";

    /** Rows of one statement: few enough texts to stay prepared, few enough parameters for every store. */
    private static final int[] SIZES = {64, 8, 1};

    private DeliveredRows() {}

    /** A delivery that succeeded at once, and its attempt. */
    record Delivered(Delivery delivery, Standing standing, AttemptRecord attempt) {

        Instant finished() {
            return standing.finished() == null ? attempt.time() : standing.finished();
        }
    }

    static void insertAll(Connection connection, List<Delivered> all) throws SQLException {
        int from = 0;
        for (int size : SIZES)
            while (all.size() - from >= size) {
                insert(connection, all.subList(from, from + size));
                from += size;
            }
    }

    private static void insert(Connection connection, List<Delivered> rows) throws SQLException {
        String text = INSERT + (ROW + ", ").repeat(rows.size() - 1) + ROW + " ON CONFLICT (id) DO NOTHING";
        try (PreparedStatement insert = connection.prepareStatement(text)) {
            int at = 0;
            for (Delivered row : rows) at = bind(insert, at, row);
            insert.executeUpdate();
        }
    }

    private static int bind(PreparedStatement insert, int before, Delivered row) throws SQLException {
        int i = before;
        Delivery delivery = row.delivery();
        AttemptRecord attempt = row.attempt();
        long finished = row.finished().toEpochMilli();
        insert.setString(++i, delivery.id());
        insert.setString(++i, delivery.subscription());
        insert.setString(++i, delivery.channel());
        insert.setString(++i, delivery.eventId());
        insert.setString(++i, delivery.eventType());
        insert.setString(++i, delivery.subject());
        insert.setString(++i, delivery.line());
        insert.setLong(++i, delivery.place());
        insert.setLong(++i, delivery.position());
        insert.setLong(++i, delivery.created().toEpochMilli());
        insert.setLong(++i, finished);
        insert.setLong(++i, finished);
        insert.setString(++i, row.standing().reason());
        insert.setLong(++i, attempt.time().toEpochMilli());
        insert.setLong(++i, attempt.timing().total());
        insert.setLong(++i, attempt.timing().dns());
        insert.setLong(++i, attempt.timing().connect());
        insert.setLong(++i, attempt.timing().firstByte());
        if (attempt.status() == null) insert.setNull(++i, Types.INTEGER);
        else insert.setInt(++i, attempt.status());
        insert.setString(++i, attempt.head());
        insert.setLong(++i, attempt.timing().tls());
        return i;
    }
}
