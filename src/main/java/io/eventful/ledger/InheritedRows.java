package io.eventful.ledger;

import io.eventful.ledger.Relayed.Inherited;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Moves rows of parked changes to the routes that have to handle them from now on. */
final class InheritedRows {

    private InheritedRows() {}

    static int handOver(Connection connection, List<Inherited> rows) throws SQLException {
        int moved = 0;
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO parked (route, position, subject, reason, attempts, time)"
                        + " SELECT ?, position, subject, reason, attempts, time FROM parked"
                        + " WHERE route = ? AND position = ? ON CONFLICT (route, position) DO NOTHING")) {
            for (Inherited row : rows) {
                for (String heir : row.to()) {
                    insert.setString(1, heir);
                    insert.setString(2, row.from());
                    insert.setLong(3, row.position());
                    insert.executeUpdate();
                }
                moved += ParkedRows.delete(connection, row.from(), row.position());
            }
        }
        return moved;
    }
}
