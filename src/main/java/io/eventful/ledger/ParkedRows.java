package io.eventful.ledger;

import io.eventful.event.Item;
import io.eventful.ledger.Relayed.Parked;
import io.eventful.ledger.Relayed.Skipped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of changes that routes could not handle: those that wait for another try, and those that were given up. */
final class ParkedRows {

    /** Of which item a change is, only the ledger tells; one that it does not have has its subject alone. */
    private static final String PARKED =
            "SELECT p.route, p.position, p.subject, p.reason, p.attempts, p.time, COALESCE(i.source, ''),"
                    + " COALESCE(i.scope, '') FROM parked p LEFT JOIN change c ON c.position = p.position"
                    + " LEFT JOIN item i ON i.id = c.item ";

    private static final String SKIPPED =
            "SELECT p.route, p.position, p.subject, p.reason, p.attempts, p.parked, COALESCE(i.source, ''),"
                    + " COALESCE(i.scope, ''), p.time, p.note FROM skipped p"
                    + " LEFT JOIN change c ON c.position = p.position LEFT JOIN item i ON i.id = c.item ";

    private static final String PAGE = "WHERE p.route = ? AND p.position > ? ORDER BY p.position LIMIT ?";

    private ParkedRows() {}

    static int insert(Connection connection, Parked parked) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO parked (route, position, subject, reason, attempts, time) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (route, position) DO UPDATE SET reason = excluded.reason,"
                        + " attempts = excluded.attempts, time = excluded.time")) {
            insert.setString(1, parked.route());
            insert.setLong(2, parked.position());
            insert.setString(3, parked.item().subject());
            insert.setString(4, parked.reason());
            insert.setInt(5, parked.attempts());
            insert.setLong(6, Times.nanos(parked.time()));
            return insert.executeUpdate();
        }
    }

    static int fail(Connection connection, String route, long position, String reason) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE parked SET reason = ?, attempts = attempts + 1 WHERE route = ? AND position = ?")) {
            update.setString(1, reason);
            update.setString(2, route);
            update.setLong(3, position);
            return update.executeUpdate();
        }
    }

    static int delete(Connection connection, String route, long position) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM parked WHERE route = ? AND position = ?")) {
            delete.setString(1, route);
            delete.setLong(2, position);
            return delete.executeUpdate();
        }
    }

    /** Moves a row to those that were given up; empty when there is none. */
    static Optional<Skipped> skip(Connection connection, String route, long position, Instant time, String note)
            throws SQLException {
        Optional<Parked> found = page(connection, route, position - 1, 1).stream()
                .filter(row -> row.position() == position)
                .findFirst();
        if (found.isEmpty()) return Optional.empty();
        Skipped skipped = new Skipped(found.get(), time, note);
        delete(connection, route, position);
        insert(connection, skipped);
        return Optional.of(skipped);
    }

    /** One that was given up before, and handed to its route again since, was given up for the last time now. */
    private static void insert(Connection connection, Skipped skipped) throws SQLException {
        Parked parked = skipped.parked();
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO skipped (route, position, subject, reason, attempts, parked,"
                        + " time, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (route, position) DO UPDATE SET"
                        + " reason = excluded.reason, attempts = excluded.attempts, parked = excluded.parked,"
                        + " time = excluded.time, note = excluded.note")) {
            insert.setString(1, parked.route());
            insert.setLong(2, parked.position());
            insert.setString(3, parked.item().subject());
            insert.setString(4, parked.reason());
            insert.setInt(5, parked.attempts());
            insert.setLong(6, Times.nanos(parked.time()));
            insert.setLong(7, Times.nanos(skipped.time()));
            insert.setString(8, skipped.note());
            insert.executeUpdate();
        }
    }

    /** In order of position; those of all routes when the id is empty. */
    static List<Parked> all(Connection connection, String route) throws SQLException {
        String condition = route.isEmpty() ? "" : "WHERE p.route = ? ";
        try (PreparedStatement select =
                connection.prepareStatement(PARKED + condition + "ORDER BY p.position, p.route")) {
            if (!route.isEmpty()) select.setString(1, route);
            return parked(select);
        }
    }

    static List<Parked> page(Connection connection, String route, long after, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(PARKED + PAGE)) {
            page(select, route, after, limit);
            return parked(select);
        }
    }

    static List<Skipped> skipped(Connection connection, String route, long after, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SKIPPED + PAGE)) {
            page(select, route, after, limit);
            List<Skipped> skipped = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next())
                    skipped.add(new Skipped(parked(rows), Times.instant(rows.getLong(9)), rows.getString(10)));
            }
            return skipped;
        }
    }

    private static void page(PreparedStatement select, String route, long after, int limit) throws SQLException {
        select.setString(1, route);
        select.setLong(2, after);
        select.setInt(3, limit);
    }

    private static List<Parked> parked(PreparedStatement select) throws SQLException {
        List<Parked> parked = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) parked.add(parked(rows));
        }
        return parked;
    }

    private static Parked parked(ResultSet row) throws SQLException {
        return new Parked(
                row.getString(1),
                row.getLong(2),
                new Item(row.getString(7), row.getString(8), row.getString(3)),
                row.getString(4),
                row.getInt(5),
                Times.instant(row.getLong(6)));
    }
}
