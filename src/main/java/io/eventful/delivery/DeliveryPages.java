package io.eventful.delivery;

import io.eventful.delivery.DeliveredRows.Delivered;
import io.eventful.delivery.Deliveries.Page;
import io.eventful.delivery.Deliveries.Search;
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

/** Pages of the log of deliveries, newest first: its rows, and its blocks between them. */
final class DeliveryPages {

    /** Deliveries that a page looks through where no index leads. */
    private static final int LOOKED_AT = 200_000;

    private static final String HELD = "subscription IN (SELECT subscription FROM delivery_endpoint WHERE held = 1)";
    private static final String SELECT = "SELECT " + Rows.COLUMNS + ", ordinal, updated, CASE WHEN " + HELD
            + " THEN 1 ELSE 0 END AS held FROM delivery WHERE ";

    private final Connection connection;
    private final Search wanted;

    DeliveryPages(Connection connection, Search wanted) {
        this.connection = connection;
        this.wanted = wanted;
    }

    Page page(Cursor from, int most) throws SQLException {
        boolean search = wanted.event() != null && wanted.position() == null;
        long floor = search ? floor(from.row()) : 0;
        try (PreparedStatement query = query(from.row(), floor, most + 1);
                ResultSet row = query.executeQuery()) {
            BlockWalk blocks = new BlockWalk(connection, wanted, from, search ? LOOKED_AT : Long.MAX_VALUE);
            List<DeliveryRecord> items = new ArrayList<>();
            Cursor last = from;
            boolean rows = row.next();
            while (true) {
                boolean block = (blocks.there() || blocks.tired()) && (floor == 0 || blocks.behind() >= floor);
                if (!rows && !block)
                    return new Page(items, floor > 0 ? Cursor.belowRow(floor).text() : null);
                boolean blockFirst = block && (!rows || blocks.behind() >= row.getLong("ordinal"));
                if (blockFirst && !blocks.there())
                    return new Page(items, blocks.cursor().text());
                if (items.size() == most) return new Page(items, last.text());
                if (blockFirst) {
                    items.add(view(blocks.take(), List.of()));
                    last = blocks.cursor();
                } else {
                    items.add(view(row, List.of()));
                    last = Cursor.belowRow(row.getLong("ordinal"));
                    rows = row.next();
                }
            }
        }
    }

    private PreparedStatement query(long before, long floor, int most) throws SQLException {
        StringBuilder where = new StringBuilder("ordinal < ?").append(condition(wanted.state()));
        List<Object> values = new ArrayList<>(List.of(before));
        if (floor > 0) and(where, values, "ordinal >= ?", floor);
        if (wanted.subscription() != null) and(where, values, "subscription = ?", wanted.subscription());
        if (wanted.event() != null) and(where, values, "event_id = ?", wanted.event());
        if (wanted.position() != null) {
            // Ids begin with the position.
            long position = wanted.position();
            where.append(" AND ordinal IN (SELECT ordinal FROM delivery WHERE id >= ? AND id < ? AND position = ?)");
            values.addAll(List.of(Delivery.order(position), Delivery.order(position + 1), position));
        }
        PreparedStatement query = connection.prepareStatement(SELECT + where + " ORDER BY ordinal DESC LIMIT " + most);
        for (int i = 0; i < values.size(); i++) query.setObject(i + 1, values.get(i));
        return query;
    }

    private static void and(StringBuilder where, List<Object> values, String condition, Object value) {
        where.append(" AND ").append(condition);
        values.add(value);
    }

    /** Down to which ordinal a page looks where no index leads; 0 when nothing lies below. */
    private long floor(long before) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT (SELECT MIN(ordinal) FROM delivery), (SELECT MAX(ordinal) FROM delivery)");
                ResultSet row = query.executeQuery()) {
            if (!row.next()) return 0;
            long floor = Math.min(before, row.getLong(2) + 1) - LOOKED_AT;
            return floor > row.getLong(1) ? floor : 0;
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

    static Optional<DeliveryRecord> find(Connection connection, String id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT + "id = ?")) {
            query.setString(1, id);
            try (ResultSet row = query.executeQuery()) {
                if (row.next()) return Optional.of(view(row, Attempts.of(connection, id)));
            }
        }
        long position = Delivery.position(id);
        if (position < 0) return Optional.empty();
        BlockWalk blocks = new BlockWalk(connection, new Search(null, null, position, null), Cursor.of(null));
        while (blocks.there()) {
            Delivered one = blocks.take();
            if (one.delivery().id().equals(id)) return Optional.of(view(one, List.of(one.attempt())));
        }
        return Optional.empty();
    }

    private static DeliveryRecord view(Delivered one, List<AttemptRecord> log) {
        return view(one.delivery(), one.standing(), DeliveryRecord.State.DELIVERED, one.finished(), log);
    }

    private static DeliveryRecord view(ResultSet row, List<AttemptRecord> log) throws SQLException {
        Row one = Rows.row(row);
        boolean held = !one.standing().done() && row.getInt("held") == 1;
        DeliveryRecord.State state = held
                ? DeliveryRecord.State.HELD
                : DeliveryRecord.State.valueOf(one.standing().state().name());
        return view(one.delivery(), one.standing(), state, Instant.ofEpochMilli(row.getLong("updated")), log);
    }

    private static DeliveryRecord view(
            Delivery delivery,
            Standing standing,
            DeliveryRecord.State state,
            Instant updated,
            List<AttemptRecord> log) {
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
                state == DeliveryRecord.State.HELD ? null : standing.next(),
                delivery.created(),
                updated,
                standing.reason(),
                log);
    }
}
