package io.eventful.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The statements that forget replay jobs. A catch-up is kept as long as its subscription: it happens once. */
final class EndedReplays {

    private EndedReplays() {}

    /** Replays that had ended by a time. */
    static List<String> find(Connection connection, long before, int most) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT id FROM delivery_replay WHERE state IN"
                + " ('done', 'cancelled') AND kind = 'replay' AND updated < ? LIMIT " + most)) {
            query.setLong(1, before);
            List<String> ended = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) ended.add(row.getString(1));
            }
            return ended;
        }
    }

    static void delete(Connection connection, List<String> ids) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM delivery_replay WHERE id = ?")) {
            for (String id : ids) {
                delete.setString(1, id);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    static void deleteCatchUp(Connection connection, String subscription) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM delivery_replay WHERE subscription = ? AND kind = 'catch_up'")) {
            delete.setString(1, subscription);
            delete.executeUpdate();
        }
    }
}
