package io.eventful.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Deliveries that are in the ledger. Runs on the store's writer, in the transaction of the change itself. */
final class Receipts {

    private Receipts() {}

    /** Notes a delivery, whose change is the next to be appended; false when it is noted already. */
    static boolean note(Connection connection, String source, String delivery) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO receipt (source, delivery, position)"
                + " VALUES (?, ?, (SELECT COALESCE(MAX(position), 0) + 1 FROM change))"
                + " ON CONFLICT (source, delivery) DO NOTHING")) {
            insert.setString(1, source);
            insert.setString(2, delivery);
            return insert.executeUpdate() == 1;
        }
    }
}
