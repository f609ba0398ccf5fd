package io.eventful.delivery;

import io.eventful.delivery.Endpoints.Endpoint;
import io.eventful.delivery.Endpoints.Hold;
import io.eventful.subscription.Status.State;
import io.eventful.subscription.Subscription;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings back what the store knows of waiting deliveries when the gateway starts. */
final class Loader {

    private static final int PAGE = 500;
    private static final int MOST_RECENT = 50_000;
    private static final Deliveries.Search EVERY = new Deliveries.Search(null, null, null, null);

    private final Core core;
    private final Closing closing;

    Loader(Core core, Closing closing) {
        this.core = core;
        this.closing = closing;
    }

    /** Restores lanes, lines and what was recently seen. Returns the lanes in which something waits. */
    List<Lane> load() {
        Instant now = core.clock().instant();
        core.database()
                .write(connection -> {
                    freeClaimed(connection, now);
                    freeHeads(connection, now);
                    return 0;
                })
                .join();
        core.lanes().placesFrom(core.database().read(Loader::highestPlace));
        core.database().read(this::recent);
        Map<String, Endpoint> endpoints = core.database().read(Endpoints::all);
        List<Subscription> all = subscriptions();
        List<Subscription> moved = new ArrayList<>();
        for (Subscription subscription : all) {
            Endpoint endpoint = endpoints.getOrDefault(subscription.id(), Endpoint.FRESH);
            boolean same = endpoint.isOf(subscription.request().sink());
            if (!same) moved.add(subscription);
            core.lanes().of(subscription).restore(same ? endpoint : endpoint.moved());
        }
        holds(all, moved, now);
        return waiting();
    }

    private List<Subscription> subscriptions() {
        List<Subscription> all = new ArrayList<>();
        String after = "";
        while (true) {
            List<Subscription> page = core.subscriptions().list(after, PAGE);
            all.addAll(page);
            if (page.size() < PAGE) return all;
            after = page.getLast().id();
        }
    }

    /** @param moved those that the gateway gave another sink when it was killed, before delivery had heard of it */
    private void holds(List<Subscription> all, List<Subscription> moved, Instant now) {
        core.database()
                .write(connection -> {
                    for (Subscription subscription : moved) Endpoints.moved(connection, subscription.id(), now);
                    for (Subscription subscription : all) {
                        boolean active = subscription.status().state() == State.ACTIVE;
                        Endpoints.hold(
                                connection,
                                subscription.id(),
                                active ? Hold.RUNNING : Hold.HELD,
                                subscription.request().sink());
                    }
                    return 0;
                })
                .join();
    }

    private List<Lane> waiting() {
        Set<Lane> waiting = new HashSet<>();
        Set<String> orphans = new HashSet<>();
        core.database().read(connection -> {
            try (PreparedStatement query =
                            connection.prepareStatement("SELECT subscription, line, COUNT(*), MIN(id) FROM"
                                    + " delivery WHERE finished IS NULL GROUP BY subscription, line");
                    ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String subscription = row.getString(1);
                    Lane lane = core.lanes().find(subscription).orElse(null);
                    if (lane == null) {
                        orphans.add(subscription);
                        continue;
                    }
                    // A delivery without order is a line of its own, which nothing waits behind.
                    if (!row.getString(2).equals(row.getString(4))) lane.restore(row.getString(2), row.getInt(3));
                    lane.backlog().recorded(row.getInt(3));
                    waiting.add(lane);
                }
            }
            return 0;
        });
        orphans.forEach(closing::close);
        return List.copyOf(waiting);
    }

    /**
     * What was being sent when the gateway ended is due: one gateway uses a store, so nobody sends it any more. Only a claim
     * makes what is pending due later.
     */
    private static void freeClaimed(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE delivery SET next_attempt = ? WHERE finished IS NULL AND state = 'pending' AND"
                        + " next_attempt > ?")) {
            update.setLong(1, now.toEpochMilli());
            update.setLong(2, now.toEpochMilli());
            update.executeUpdate();
        }
    }

    /** A crash may leave lines whose first delivery waits behind one that was in flight without a row. */
    private static void freeHeads(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE delivery SET next_attempt = ? WHERE finished"
                        + " IS NULL AND next_attempt IS NULL AND NOT EXISTS (SELECT 1 FROM delivery AS other WHERE"
                        + " other.subscription = delivery.subscription AND same_text(other.line, delivery.line)"
                        + " AND other.finished IS NULL AND other.place < delivery.place)")) {
            update.setLong(1, now.toEpochMilli());
            update.executeUpdate();
        }
    }

    /** A dead letter may be revived, and is then before all that is new; so is what is released slowly. */
    private static long highestPlace(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT COALESCE(MAX(place), 0) FROM"
                        + " (SELECT MAX(place) AS place FROM delivery WHERE finished IS NULL"
                        + " UNION ALL SELECT MAX(place) FROM delivery WHERE state = 'dead'"
                        + " UNION ALL SELECT MAX(place) FROM delivery_release) AS places");
                ResultSet row = query.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private int recent(Connection connection) throws SQLException {
        int most = Math.min(MOST_RECENT, core.settings().limits().recentDeliveries());
        BlockWalk blocks = new BlockWalk(connection, EVERY, Cursor.of(null));
        int count = 0;
        try (PreparedStatement query =
                connection.prepareStatement("SELECT ordinal, id FROM delivery ORDER BY ordinal DESC LIMIT ?")) {
            query.setInt(1, most);
            try (ResultSet row = query.executeQuery()) {
                boolean rows = row.next();
                for (; count < most; count++) {
                    boolean block = blocks.there() && (!rows || blocks.behind() >= row.getLong(1));
                    if (!block && !rows) return count;
                    core.recent().add(block ? blocks.take().delivery().id() : row.getString(2));
                    if (!block) rows = row.next();
                }
            }
        }
        return count;
    }
}
