package io.eventful.ledger;

import io.eventful.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    public List<Received> received() {
        return database.read(ReceivedRows::all);
    }

    @Override
    public CompletableFuture<Void> receive(List<Received> receipts) {
        return done(database.write(connection -> ReceivedRows.replace(connection, receipts)));
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
        return done(database.write(connection -> ParkedRows.insert(connection, parked)));
    }

    @Override
    public CompletableFuture<Void> failedAgain(String route, long position, String reason) {
        return done(database.write(connection -> ParkedRows.fail(connection, route, position, reason)));
    }

    @Override
    public CompletableFuture<Void> unpark(String route, long position) {
        return done(database.write(connection -> ParkedRows.delete(connection, route, position)));
    }

    @Override
    public CompletableFuture<Void> handOver(List<Inherited> parked) {
        return done(database.write(connection -> InheritedRows.handOver(connection, parked)));
    }

    @Override
    public CompletableFuture<Optional<Skipped>> skip(String route, long position, Instant time, String note) {
        return database.write(connection -> ParkedRows.skip(connection, route, position, time, note));
    }

    @Override
    public List<Skipped> skipped(String route, long after, int limit) {
        return database.read(connection -> ParkedRows.skipped(connection, route, after, limit));
    }

    @Override
    public List<Parked> parked(String route) {
        return database.read(connection -> ParkedRows.all(connection, route));
    }

    @Override
    public List<Parked> parked(String route, long after, int limit) {
        return database.read(connection -> ParkedRows.page(connection, route, after, limit));
    }

    @Override
    public Set<String> parking() {
        return ids("SELECT DISTINCT route FROM parked");
    }

    @Override
    public Set<String> routes() {
        Set<String> routes = new TreeSet<>(advances.routes());
        routes.addAll(ids("SELECT route FROM relay"));
        return routes;
    }

    private Set<String> ids(String sql) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet rows = select.executeQuery()) {
                Set<String> stored = new TreeSet<>();
                while (rows.next()) stored.add(rows.getString(1));
                return stored;
            }
        });
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
