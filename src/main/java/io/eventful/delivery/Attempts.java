package io.eventful.delivery;

import io.eventful.delivery.AttemptRecord.Timing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The statements on the log of attempts. */
final class Attempts {

    private Attempts() {}

    /** An attempt of a delivery. */
    record Entry(String delivery, AttemptRecord attempt) {}

    static void insertAll(Connection connection, List<Entry> entries) throws SQLException {
        if (entries.isEmpty()) return;
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO delivery_attempt (delivery, number, time, duration, dns,"
                        + " connect, first_byte, status, head, reason, tls) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (delivery, number) DO NOTHING")) {
            for (Entry entry : entries) {
                AttemptRecord attempt = entry.attempt();
                insert.setString(1, entry.delivery());
                insert.setInt(2, attempt.number());
                insert.setLong(3, attempt.time().toEpochMilli());
                insert.setLong(4, attempt.timing().total());
                insert.setLong(5, attempt.timing().dns());
                insert.setLong(6, attempt.timing().connect());
                insert.setLong(7, attempt.timing().firstByte());
                if (attempt.status() == null) insert.setNull(8, Types.INTEGER);
                else insert.setInt(8, attempt.status());
                insert.setString(9, attempt.head());
                insert.setString(10, attempt.reason());
                insert.setLong(11, attempt.timing().tls());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static List<AttemptRecord> of(Connection connection, String delivery) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT number, time, duration, dns, connect, first_byte, status, head, reason, COALESCE(tls, -1) FROM"
                        + " delivery_attempt WHERE delivery = ? UNION ALL SELECT 1, sent_time, sent_duration, sent_dns,"
                        + " sent_connect, sent_first_byte, sent_status, sent_head, 'status-' || sent_status,"
                        + " COALESCE(sent_tls, -1) FROM delivery WHERE id = ? AND sent_time IS NOT NULL ORDER BY 1")) {
            query.setString(1, delivery);
            query.setString(2, delivery);
            List<AttemptRecord> attempts = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    int status = row.getInt(7);
                    Integer known = row.wasNull() ? null : status;
                    attempts.add(new AttemptRecord(
                            row.getInt(1),
                            Instant.ofEpochMilli(row.getLong(2)),
                            new Timing(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(10), row.getLong(6)),
                            known,
                            row.getString(8),
                            row.getString(9)));
                }
            }
            return attempts;
        }
    }
}
