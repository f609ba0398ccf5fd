package io.eventful.ledger;

import io.eventful.store.Database;
import io.eventful.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Positions that wait to be written. A relay moves its position with every change; one write per route and
 * {@link #DELAY_MILLIS} is enough, since an older position after a crash only repeats what has stable ids.
 */
final class Advances implements AutoCloseable {

    private static final long DELAY_MILLIS = 100;

    private final Database database;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("ledger-relay-positions").unstarted(task));

    /** What each route said last, from then until it is durable. */
    private final Map<String, Long> said = new HashMap<>();

    /** Answers all that wait for the next write; null when none is due. */
    private @Nullable CompletableFuture<Void> next;

    Advances(Database database) {
        this.database = database;
    }

    synchronized CompletableFuture<Void> advance(String route, long position) {
        if (timer.isShutdown())
            return CompletableFuture.failedFuture(new StoreUnavailableException("the ledger is closed"));
        said.put(route, position);
        CompletableFuture<Void> due = next;
        if (due == null) {
            due = new CompletableFuture<>();
            next = due;
            timer.schedule(this::write, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
        return due;
    }

    synchronized OptionalLong position(String route) {
        Long position = said.get(route);
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }

    synchronized Set<String> routes() {
        return Set.copyOf(said.keySet());
    }

    synchronized void forget(String route) {
        said.remove(route);
    }

    private synchronized void write() {
        CompletableFuture<Void> due = next;
        if (due == null) return;
        next = null;
        Map<String, Long> positions = Map.copyOf(said);
        database.write(connection -> store(connection, positions)).whenComplete((rows, failure) -> {
            if (failure == null) {
                written(positions);
                due.complete(null);
            } else {
                due.completeExceptionally(failure); // the next advance writes it again
            }
        });
    }

    private synchronized void written(Map<String, Long> positions) {
        positions.forEach(said::remove);
    }

    private static int store(Connection connection, Map<String, Long> positions) throws SQLException {
        int rows = 0;
        try (PreparedStatement upsert = connection.prepareStatement("INSERT INTO relay (route, position) VALUES (?, ?)"
                + " ON CONFLICT (route) DO UPDATE SET position = excluded.position")) {
            for (Map.Entry<String, Long> position : positions.entrySet()) {
                upsert.setString(1, position.getKey());
                upsert.setLong(2, position.getValue());
                rows += upsert.executeUpdate();
            }
        }
        return rows;
    }

    /** Writes what waits. */
    @Override
    public void close() {
        timer.shutdownNow();
        CompletableFuture<Void> due;
        synchronized (this) {
            due = next;
        }
        write();
        if (due != null)
            due.orTimeout(10, TimeUnit.SECONDS).exceptionally(failure -> null).join();
    }
}
