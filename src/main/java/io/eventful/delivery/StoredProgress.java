package io.eventful.delivery;

import io.eventful.event.UnavailableException;
import io.eventful.subscription.Progress;
import io.eventful.subscription.Subscription;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far deliveries have come: up to the lowest position that still waits or is in flight, else up to the highest one
 * that came by. What a replay sends again was there before, and what tells of no change in the ledger has no position.
 */
final class StoredProgress implements Progress {

    private static final Logger LOG = LoggerFactory.getLogger(StoredProgress.class);

    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Core core;
    private long waiting;
    private Instant counted = Instant.EPOCH;
    private final Map<String, Long> saved = new HashMap<>();
    private final Map<String, Instant> failing = new HashMap<>();

    StoredProgress(Core core) {
        this.core = core;
    }

    @Override
    public Position of(Subscription subscription) {
        Lane lane = core.lanes().of(subscription);
        Position flights = lane.waterline().flights();
        Position waiting = core.database().read(connection -> waiting(connection, subscription.id()));
        long lowest = Math.min(flights.position(), waiting.position());
        long seen = Math.max(subscription.startPosition(), lane.waterline().seen());
        long position = lowest == Long.MAX_VALUE ? seen : Math.min(seen, Math.max(0, lowest - 1));
        return new Position(position, waiting.lag() + flights.lag(), endpoint(subscription));
    }

    /** Without a look at the store: many can be asked about at once. */
    @Override
    public @Nullable Endpoint endpoint(Subscription subscription) {
        Instant now = core.clock().instant();
        return core.lanes().of(subscription).<@Nullable Endpoint>gate(gate -> gate.condition(now));
    }

    /** How many wait in the store, as counted lately; while it cannot be read, as counted last. Blocks on the store. */
    synchronized long waiting() {
        Instant now = core.clock().instant();
        if (!now.isBefore(counted.plus(FRESH)) || now.isBefore(counted)) {
            counted = now;
            try {
                waiting = core.database().read(StoredProgress::count);
            } catch (UnavailableException away) {
                LOG.debug("delivery.not-counted reason=\"{}\"", away.getMessage());
            }
        }
        return waiting;
    }

    private static long count(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT COUNT(*) FROM delivery WHERE finished IS NULL");
                ResultSet row = query.executeQuery()) {
            return row.next() ? row.getLong(1) : 0L;
        }
    }

    private static Position waiting(Connection connection, String subscription) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT MIN(CASE WHEN replay IS NULL AND position > 0 THEN position END), COUNT(*) FROM delivery"
                        + " WHERE subscription = ? AND finished IS NULL")) {
            query.setString(1, subscription);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) return new Position(Long.MAX_VALUE, 0);
                long lowest = row.getLong(1);
                return new Position(row.wasNull() ? Long.MAX_VALUE : lowest, row.getLong(2));
            }
        }
    }

    /** Writes what has moved since the last time; after a crash a position may lag a little, never lead. */
    synchronized CompletableFuture<?> save() {
        Map<String, Long> moved = new HashMap<>();
        for (Lane lane : core.lanes().all()) {
            long seen =
                    Math.min(lane.waterline().seen(), lane.waterline().flights().position() - 1);
            String id = lane.subscription().id();
            if (seen > saved.getOrDefault(id, 0L) && !lane.deleted()) moved.put(id, seen);
        }
        saved.keySet().removeIf(id -> core.lanes().find(id).isEmpty());
        Map<String, Optional<Instant>> turned = turned();
        if (moved.isEmpty() && turned.isEmpty()) return CompletableFuture.completedFuture(null);
        return core.database()
                .write(connection -> {
                    for (Map.Entry<String, Optional<Instant>> one : turned.entrySet())
                        Endpoints.failing(
                                connection, one.getKey(), one.getValue().orElse(null));
                    for (Map.Entry<String, Long> one : moved.entrySet())
                        Endpoints.position(connection, one.getKey(), one.getValue());
                    return 0;
                })
                .thenRun(() -> written(moved, turned))
                .exceptionally(failure -> null);
    }

    /** What the store refuses is written the next time. */
    private synchronized void written(Map<String, Long> moved, Map<String, Optional<Instant>> turned) {
        saved.putAll(moved);
        turned.forEach((id, since) -> since.ifPresentOrElse(begun -> failing.put(id, begun), () -> failing.remove(id)));
    }

    /** Endpoints that began to fail, or ceased to, since the last time. */
    private Map<String, Optional<Instant>> turned() {
        Map<String, Optional<Instant>> turned = new HashMap<>();
        for (Lane lane : core.lanes().all()) {
            String id = lane.subscription().id();
            Instant since = lane.<@Nullable Instant>gate(Gate::failingSince);
            if (Objects.equals(since, failing.get(id))) continue;
            turned.put(id, Optional.ofNullable(since));
        }
        failing.keySet().removeIf(id -> core.lanes().find(id).isEmpty());
        return turned;
    }
}
