package io.eventful.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/** Deliveries that are in the ledger. Runs on the store's writer, in the transaction of the change itself. */
final class Receipts {

    private Receipts() {}

    /** Notes a delivery, whose change is the next to be appended; false when it is noted already. */
    static boolean note(Connection connection, String source, String delivery, Instant now) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO receipt (source, delivery, time, position)"
                        + " VALUES (?, ?, ?, (SELECT COALESCE(MAX(position), 0) + 1 FROM change))"
                        + " ON CONFLICT (source, delivery) DO NOTHING")) {
            insert.setString(1, source);
            insert.setString(2, delivery);
            insert.setLong(3, Times.nanos(now));
            return insert.executeUpdate() == 1;
        }
    }

    /** Forgets deliveries noted until a time, and the oldest beyond a number; their changes stay. Returns how many. */
    static int forget(Connection connection, Instant until, long most, int limit) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM receipt WHERE (source, delivery) IN (SELECT source, delivery FROM receipt WHERE time <= ?"
                        + " OR time <= (SELECT time FROM receipt ORDER BY time DESC LIMIT 1 OFFSET ?)"
                        + " ORDER BY time LIMIT ?)")) {
            delete.setLong(1, Times.nanos(until));
            delete.setLong(2, most);
            delete.setInt(3, limit);
            return delete.executeUpdate();
        }
    }
}
