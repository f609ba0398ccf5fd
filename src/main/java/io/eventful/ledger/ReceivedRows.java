package io.eventful.ledger;

import io.eventful.ledger.Relayed.Received;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows that say which receipts belong to which route. */
final class ReceivedRows {

    private ReceivedRows() {}

    static List<Received> all(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT route, path, since, until FROM received ORDER BY route, path");
                ResultSet rows = select.executeQuery()) {
            List<Received> all = new ArrayList<>();
            while (rows.next())
                all.add(new Received(rows.getString(1), rows.getString(2), rows.getLong(3), rows.getLong(4)));
            return all;
        }
    }

    static int replace(Connection connection, List<Received> receipts) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM received")) {
            delete.executeUpdate();
        }
        int rows = 0;
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO received (route, path, since, until) VALUES (?, ?, ?, ?)")) {
            for (Received one : receipts) {
                insert.setString(1, one.route());
                insert.setString(2, one.path());
                insert.setLong(3, one.since());
                insert.setLong(4, one.until());
                rows += insert.executeUpdate();
            }
        }
        return rows;
    }
}
