package io.eventful.ledger;

import io.eventful.ledger.Relayed.Captured;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows of the routes that captured when the gateway last ran. */
final class CapturedRows {

    private CapturedRows() {}

    static List<Captured> all(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT route, template, upstream, items, collection FROM captured ORDER BY route");
                ResultSet rows = select.executeQuery()) {
            List<Captured> all = new ArrayList<>();
            while (rows.next())
                all.add(new Captured(
                        rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5)));
            return all;
        }
    }

    static int replace(Connection connection, List<Captured> routes) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM captured")) {
            delete.executeUpdate();
        }
        int rows = 0;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO captured (route, template, upstream, items, collection) VALUES (?, ?, ?, ?, ?)")) {
            for (Captured route : routes) {
                insert.setString(1, route.route());
                insert.setString(2, route.template());
                insert.setString(3, route.upstream());
                insert.setString(4, route.items());
                insert.setString(5, route.collection());
                rows += insert.executeUpdate();
            }
        }
        return rows;
    }
}
