package io.eventful.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Changes of unknown outcome that are resolved. Runs on the store's writer, before the resolving change is appended. */
final class ResolutionRows {

    private ResolutionRows() {}

    /** Notes that the next change to be appended resolves one; false when that is resolved already. */
    static boolean note(Connection connection, Resolution resolution) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO resolution (position, outcome, resolved_by)"
                        + " VALUES (?, ?, (SELECT COALESCE(MAX(position), 0) + 1 FROM change))"
                        + " ON CONFLICT (position) DO NOTHING")) {
            insert.setLong(1, resolution.change().position());
            insert.setString(2, Heads.code(resolution.finding()));
            return insert.executeUpdate() == 1;
        }
    }
}
