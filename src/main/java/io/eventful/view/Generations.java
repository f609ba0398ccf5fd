package io.eventful.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of the physical copies of views. */
final class Generations {

    static final String LIVE = "live";
    static final String BUILDING = "building";
    static final String RETIRED = "retired";

    /** Number of rows that are removed in one unit, so that other writes do not wait long. */
    private static final int CHUNK = 2_000;

    private Generations() {}

    static Optional<Generation> live(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id, members, watermark FROM view_generation WHERE name = ? AND state = 'live'")) {
            select.setString(1, name);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Generation(rows.getLong(1), split(rows.getString(2)), rows.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    static Generation insert(Connection connection, String name, String state, List<String> members, long watermark)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO view_generation (name, state, members, position, watermark) VALUES (?, ?, ?, 0, ?)"
                        + " RETURNING id")) {
            insert.setString(1, name);
            insert.setString(2, state);
            insert.setString(3, String.join("\n", members));
            insert.setLong(4, watermark);
            try (ResultSet rows = insert.executeQuery()) {
                if (!rows.next()) throw new SQLException("the generation of a view has no id");
                return new Generation(rows.getLong(1), members, watermark);
            }
        }
    }

    static void state(Connection connection, long id, String state) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE view_generation SET state = ? WHERE id = ?")) {
            update.setString(1, state);
            update.setLong(2, id);
            if (update.executeUpdate() != 1)
                throw new IllegalStateException("a filling was removed by another one of its view");
        }
    }

    static void retireLive(Connection connection, String name) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE view_generation SET state = 'retired' WHERE name = ? AND state = 'live'")) {
            update.setString(1, name);
            update.executeUpdate();
        }
    }

    static void position(Connection connection, long id, long position) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE view_generation SET position = ? WHERE id = ? AND position < ?")) {
            update.setLong(1, position);
            update.setLong(2, id);
            update.setLong(3, position);
            update.executeUpdate();
        }
    }

    static void watermark(Connection connection, long id, long watermark) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE view_generation SET watermark = ? WHERE id = ? AND watermark < ?")) {
            update.setLong(1, watermark);
            update.setLong(2, id);
            update.setLong(3, watermark);
            update.executeUpdate();
        }
    }

    /** The copies that are not used any more: retired ones, and those of a rebuild that a crash interrupted. */
    static List<Long> left(Connection connection, String name, String state) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM view_generation WHERE name = ? AND state = ?")) {
            select.setString(1, name);
            select.setString(2, state);
            List<Long> ids = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) ids.add(rows.getLong(1));
            }
            return ids;
        }
    }

    /** Removes some rows of a copy, and the copy itself when none is left; true if there are more rows. */
    static boolean clear(Connection connection, long id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM view_item WHERE id IN"
                + " (SELECT id FROM view_item WHERE generation = ? ORDER BY id LIMIT " + CHUNK + ")")) {
            delete.setLong(1, id);
            if (delete.executeUpdate() == CHUNK) return true;
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM view_generation WHERE id = ?")) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
        return false;
    }

    private static List<String> split(String members) {
        return members.isEmpty() ? List.of() : List.of(members.split("\n"));
    }
}
