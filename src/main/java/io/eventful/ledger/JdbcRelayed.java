package io.eventful.ledger;

import io.eventful.event.Item;
import io.eventful.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Positions and parked changes in the ledger's store. Positions go through {@link Advances}, the rest at once. */
final class JdbcRelayed implements Relayed {

    private final Database database;
    private final Advances advances;

    JdbcRelayed(Database database, Advances advances) {
        this.database = database;
        this.advances = advances;
    }

    @Override
    public List<Captured> captured() {
        return database.read(CapturedRows::all);
    }

    @Override
    public CompletableFuture<Void> capture(List<Captured> routes) {
        return done(database.write(connection -> CapturedRows.replace(connection, routes)));
    }

    @Override
    public OptionalLong position(String route) {
        OptionalLong waiting = advances.position(route);
        if (waiting.isPresent()) return waiting;
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT position FROM relay WHERE route = ?")) {
                select.setString(1, route);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
                }
            }
        });
    }

    @Override
    public CompletableFuture<Void> advance(String route, long position) {
        return advances.advance(route, position);
    }

    @Override
    public CompletableFuture<Void> park(Parked parked) {
        return done(database.write(connection -> {
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
        }));
    }

    @Override
    public CompletableFuture<Void> unpark(String route, long position) {
        return done(database.write(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM parked WHERE route = ? AND position = ?")) {
                delete.setString(1, route);
                delete.setLong(2, position);
                return delete.executeUpdate();
            }
        }));
    }

    @Override
    public List<Parked> parked(String route) {
        String condition = route.isEmpty() ? "" : "WHERE p.route = ? ";
        return select(condition + "ORDER BY p.position, p.route", select -> {
            if (!route.isEmpty()) select.setString(1, route);
        });
    }

    @Override
    public List<Parked> parked(String route, long after, int limit) {
        return select("WHERE p.route = ? AND p.position > ? ORDER BY p.position LIMIT ?", select -> {
            select.setString(1, route);
            select.setLong(2, after);
            select.setInt(3, limit);
        });
    }

    private List<Parked> select(String condition, ChangeReader.Parameters parameters) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT p.route, p.position, p.subject, p.reason, p.attempts, p.time, COALESCE(i.source, ''),"
                            + " COALESCE(i.scope, '') FROM parked p LEFT JOIN change c ON c.position = p.position"
                            + " LEFT JOIN item i ON i.id = c.item " + condition)) {
                parameters.set(select);
                List<Parked> parked = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) parked.add(parked(rows));
                }
                return parked;
            }
        });
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

    @Override
    public Set<String> routes() {
        Set<String> routes = new TreeSet<>(advances.routes());
        routes.addAll(database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT route FROM relay");
                    ResultSet rows = select.executeQuery()) {
                List<String> stored = new ArrayList<>();
                while (rows.next()) stored.add(rows.getString(1));
                return stored;
            }
        }));
        return routes;
    }

    @Override
    public CompletableFuture<Void> forget(String route) {
        advances.forget(route);
        return done(database.write(connection -> {
            delete(connection, "DELETE FROM parked WHERE route = ?", route);
            return delete(connection, "DELETE FROM relay WHERE route = ?", route);
        }));
    }

    private static int delete(Connection connection, String sql, String route) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, route);
            return delete.executeUpdate();
        }
    }

    private static CompletableFuture<Void> done(CompletableFuture<Integer> write) {
        return write.thenAccept(rows -> {});
    }
}
