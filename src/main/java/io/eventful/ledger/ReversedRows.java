package io.eventful.ledger;

import io.eventful.event.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds the changes that took another one back, among the few that took back any. */
final class ReversedRows {

    /** What an operator has found not to have been applied took nothing back. */
    private static final String SELECT = "SELECT c.position, c.head FROM change c WHERE c.action = 'reversed'"
            + " AND c.position > ? AND NOT EXISTS (SELECT 1 FROM resolution r WHERE r.position = c.position"
            + " AND r.outcome = 'refuted') ORDER BY c.position";

    private ReversedRows() {}

    /** Positions of those that took back the change at a position. */
    static List<Long> of(Connection connection, long position) throws SQLException {
        String cause = Long.toString(position);
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setLong(1, position);
            List<Long> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next())
                    if (cause.equals(Heads.text(Json.parse(rows.getBytes(2)), "causation"))) found.add(rows.getLong(1));
            }
            return found;
        }
    }
}
