package io.eventful.delivery;

import io.eventful.delivery.Rows.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log of deliveries in the store; what is still on its way there is written first. */
final class StoredDeliveries implements Deliveries {

    private static final int MOST = 1000;

    /** Deliveries that a page looks through for an event. */
    private static final int LOOKED_AT = 200_000;

    private static final String HELD = "subscription IN (SELECT subscription FROM delivery_endpoint WHERE held = 1)";
    private static final String SELECT = "SELECT " + Rows.COLUMNS + ", ordinal, updated, CASE WHEN " + HELD
            + " THEN 1 ELSE 0 END AS held FROM delivery WHERE ";

    private final Core core;
    private final Retries retries;

    StoredDeliveries(Core core, Retries retries) {
        this.core = core;
        this.retries = retries;
    }

    @Override
    public Page list(Search wanted, @Nullable String after, int limit) {
        int most = Math.clamp(limit, 1, MOST);
        long before = after == null ? Long.MAX_VALUE : cursor(after);
        core.log().flush().join();
        return core.database().read(connection -> {
            long floor = wanted.event() == null || wanted.position() != null ? 0 : floor(connection, before);
            StringBuilder where = new StringBuilder("ordinal < ?").append(condition(wanted.state()));
            List<Object> values = new ArrayList<>(List.of(before));
            if (floor > 0) and(where, values, "ordinal >= ?", floor);
            if (wanted.subscription() != null) and(where, values, "subscription = ?", wanted.subscription());
            if (wanted.event() != null) and(where, values, "event_id = ?", wanted.event());
            if (wanted.position() != null) {
                // Ids begin with the position.
                long position = wanted.position();
                where.append(
                        " AND ordinal IN (SELECT ordinal FROM delivery WHERE id >= ? AND id < ? AND position = ?)");
                values.addAll(List.of(Delivery.order(position), Delivery.order(position + 1), position));
            }
            try (PreparedStatement query =
                    connection.prepareStatement(SELECT + where + " ORDER BY ordinal DESC LIMIT " + (most + 1))) {
                for (int i = 0; i < values.size(); i++) query.setObject(i + 1, values.get(i));
                List<DeliveryRecord> items = new ArrayList<>();
                long last = 0;
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        if (items.size() == most) return new Page(items, Long.toString(last));
                        last = row.getLong("ordinal");
                        items.add(view(row, List.of()));
                    }
                }
                return new Page(items, floor > 0 ? Long.toString(floor) : null);
            }
        });
    }

    private static void and(StringBuilder where, List<Object> values, String condition, Object value) {
        where.append(" AND ").append(condition);
        values.add(value);
    }

    /** Down to which ordinal a page looks where no index leads; 0 when nothing lies below. */
    private static long floor(Connection connection, long before) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT (SELECT MIN(ordinal) FROM delivery), (SELECT MAX(ordinal) FROM delivery)");
                ResultSet row = query.executeQuery()) {
            if (!row.next()) return 0;
            long floor = Math.min(before, row.getLong(2) + 1) - LOOKED_AT;
            return floor > row.getLong(1) ? floor : 0;
        }
    }

    private static long cursor(String after) {
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException("\"after\" is not a cursor of this list");
        }
    }

    private static String condition(DeliveryRecord.@Nullable State state) {
        if (state == null) return "";
        return switch (state) {
            case DELIVERED, DEAD -> " AND state = '" + state.name().toLowerCase(Locale.ROOT) + "'";
            case PENDING, FAILED ->
                " AND finished IS NULL AND state = '" + state.name().toLowerCase(Locale.ROOT) + "' AND NOT (" + HELD
                        + ")";
            case HELD -> " AND finished IS NULL AND " + HELD;
        };
    }

    @Override
    public Optional<DeliveryRecord> find(String id) {
        core.log().flush().join();
        return core.database().read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(SELECT + "id = ?")) {
                query.setString(1, id);
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next()) return Optional.empty();
                    return Optional.of(view(row, Attempts.of(connection, id)));
                }
            }
        });
    }

    private static DeliveryRecord view(ResultSet row, List<AttemptRecord> log) throws SQLException {
        Row one = Rows.row(row);
        Delivery delivery = one.delivery();
        Standing standing = one.standing();
        boolean held = !standing.done() && row.getInt("held") == 1;
        DeliveryRecord.State state = held
                ? DeliveryRecord.State.HELD
                : DeliveryRecord.State.valueOf(standing.state().name());
        return new DeliveryRecord(
                delivery.id(),
                delivery.subscription(),
                delivery.channel(),
                delivery.eventId(),
                delivery.eventType(),
                delivery.subject(),
                delivery.position(),
                delivery.replay(),
                state,
                standing.attempts(),
                held ? null : standing.next(),
                delivery.created(),
                Instant.ofEpochMilli(row.getLong("updated")),
                standing.reason(),
                log);
    }

    @Override
    public Retry retry(String id) {
        DeliveryRecord known = find(id).orElse(null);
        if (known == null) return Retry.UNKNOWN;
        if (known.state() == DeliveryRecord.State.DELIVERED) return Retry.DELIVERED;
        Lane lane = core.lanes().find(known.subscription()).orElse(null);
        if (lane == null) return Retry.SUBSCRIPTION_GONE;
        if (core.lanes().flying().containsKey(id)) return Retry.QUEUED;
        core.database()
                .write(connection -> Revival.queue(connection, id, core.clock().instant()))
                .join()
                .ifPresent(lane::waiting);
        lane.backlog().recorded(1);
        retries.pump(lane);
        return Retry.QUEUED;
    }

    @Override
    public long retry(Selection wanted) {
        return new BulkRetry(core, retries).run(wanted);
    }
}
