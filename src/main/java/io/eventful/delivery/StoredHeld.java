package io.eventful.delivery;

import io.eventful.delivery.Rows.Row;
import io.eventful.event.UnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives up, or releases slowly, what the store holds for a subscription. */
final class StoredHeld implements HeldDeliveries {

    private static final Logger LOG = LoggerFactory.getLogger(StoredHeld.class);
    private static final int CHUNK = 500;

    private final Core core;
    private final Retries retries;

    StoredHeld(Core core, Retries retries) {
        this.core = core;
        this.retries = retries;
    }

    @Override
    public int drop(String subscription) {
        Lane lane = core.lanes().find(subscription).orElse(null);
        if (lane == null) return 0;
        if (lane.catchingUp()) skipCatchUp(subscription);
        // What is recorded and waits in memory is in the store alone from now on.
        for (Flight flight = lane.stale(Instant.MAX); flight != null; flight = lane.stale(Instant.MAX))
            core.lanes().flying().remove(flight.delivery().id());
        int dropped = 0;
        long after = 0;
        List<Row> chunk;
        do {
            long from = after;
            chunk = core.database().writeAndWait(connection -> chunk(connection, subscription, from));
            for (Row row : chunk) {
                after = Math.max(after, row.delivery().place());
                if (!row.standing().done()) continue;
                lane.ended(row.delivery());
                dropped++;
            }
        } while (!chunk.isEmpty());
        LOG.info("delivery.dropped subscription={} deliveries={}", subscription, dropped);
        return dropped;
    }

    /** What a catch-up has not come to yet is given up too, and has no row. */
    private void skipCatchUp(String subscription) {
        core.database().writeAndWait(connection -> {
            ReplayJobs.skip(connection, subscription, core.clock().instant());
            return 0;
        });
        core.lanes().caughtUp(subscription);
    }

    /** The next rows in their order; those whose attempt is under way are left as they are. */
    private List<Row> chunk(Connection connection, String subscription, long after) throws SQLException {
        Instant now = core.clock().instant();
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT " + Rows.COLUMNS + " FROM delivery WHERE"
                + " subscription = ? AND finished IS NULL AND place > ? ORDER BY place LIMIT " + CHUNK)) {
            query.setString(1, subscription);
            query.setLong(2, after);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) rows.add(Rows.row(row));
            }
        }
        List<Row> result = new ArrayList<>();
        Set<String> lines = new HashSet<>();
        for (Row row : rows) {
            if (core.lanes().flying().containsKey(row.delivery().id())) {
                result.add(row);
                continue;
            }
            Standing before = row.standing();
            Standing dead = new Standing(Standing.State.DEAD, before.attempts(), before.steps(), null, now, "dropped");
            Rows.update(connection, row.delivery().id(), dead, now);
            lines.add(row.delivery().line());
            result.add(new Row(row.delivery(), dead));
        }
        for (String line : lines) Rows.release(connection, subscription, line, now);
        return result;
    }

    @Override
    public void slow(String subscription, int perSecond) {
        Lane lane = core.lanes().find(subscription).orElse(null);
        if (lane == null) return;
        core.database().writeAndWait(connection -> {
            delete(connection, subscription);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO delivery_release"
                    + " (subscription, rate, place) SELECT ?, ?, COALESCE(MAX(place), 0) FROM delivery"
                    + " WHERE subscription = ? AND finished IS NULL")) {
                insert.setString(1, subscription);
                insert.setInt(2, perSecond);
                insert.setString(3, subscription);
                return insert.executeUpdate();
            }
        });
        lane.release(perSecond);
    }

    @Override
    public void full(String subscription) {
        core.database().writeAndWait(connection -> delete(connection, subscription));
        core.lanes().find(subscription).ifPresent(lane -> lane.release(0));
    }

    @Override
    public void tryNow(String subscription) {
        Lane lane = core.lanes().find(subscription).orElse(null);
        if (lane == null) return;
        core.database().writeAndWait(connection -> {
            Endpoints.tryNow(connection, subscription, core.clock().instant());
            return 0;
        });
        lane.gate(Gate::tryNow);
        retries.pump(lane);
    }

    private static int delete(Connection connection, String subscription) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM delivery_release WHERE subscription = ?")) {
            delete.setString(1, subscription);
            return delete.executeUpdate();
        }
    }

    /** Takes up again what was released slowly when the gateway ended. */
    void load() {
        rates("SELECT subscription, rate FROM delivery_release")
                .forEach((id, rate) -> core.lanes().find(id).ifPresent(lane -> lane.release(rate)));
    }

    /** Ends slow releases whose backlog has gone. Blocks. */
    void look() {
        try {
            rates("SELECT subscription, rate FROM delivery_release AS slow WHERE NOT EXISTS (SELECT 1 FROM"
                            + " delivery WHERE delivery.subscription = slow.subscription AND finished IS NULL AND"
                            + " delivery.place <= slow.place)")
                    .keySet()
                    .forEach(this::full);
        } catch (UnavailableException away) {
            // The store itself tells of it; the next look is soon.
            LOG.debug("delivery.release-not-ended reason=\"{}\"", away.getMessage());
        } catch (RuntimeException refused) {
            LOG.warn("delivery.release-not-ended", refused);
        }
    }

    private Map<String, Integer> rates(String sql) {
        return core.database().read(connection -> {
            Map<String, Integer> rates = new HashMap<>();
            try (PreparedStatement query = connection.prepareStatement(sql);
                    ResultSet row = query.executeQuery()) {
                while (row.next()) rates.put(row.getString(1), row.getInt(2));
            }
            return rates;
        });
    }
}
