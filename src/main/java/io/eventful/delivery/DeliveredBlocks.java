package io.eventful.delivery;

import io.eventful.delivery.DeliveredRows.Delivered;
import io.eventful.delivery.Deliveries.Search;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The statements on blocks of deliveries that succeeded at once; each runs inside a unit of the store. */
final class DeliveredBlocks {

    private DeliveredBlocks() {}

    /**
     * Where a block stands among the deliveries.
     *
     * @param behind ordinal of the row that its deliveries come directly after
     * @param ordinal orders the blocks behind one row
     */
    record Place(long behind, long ordinal) implements Comparable<Place> {

        private static final Comparator<Place> OLDEST_FIRST =
                Comparator.comparingLong(Place::behind).thenComparingLong(Place::ordinal);

        @Override
        public int compareTo(Place other) {
            return OLDEST_FIRST.compare(this, other);
        }
    }

    record Block(Place place, List<Delivered> entries) {}

    /** A block that is ready to be written. */
    record Packed(int entries, long newest, long lowest, long highest, String subscriptions, byte[] body) {

        static Packed of(List<Delivered> all) {
            long newest = Long.MIN_VALUE;
            long lowest = Long.MAX_VALUE;
            long highest = Long.MIN_VALUE;
            Collection<String> subscriptions = new TreeSet<>();
            for (Delivered one : all) {
                newest = Math.max(newest, one.finished().toEpochMilli());
                lowest = Math.min(lowest, one.delivery().position());
                highest = Math.max(highest, one.delivery().position());
                subscriptions.add(one.delivery().subscription());
            }
            String named = " " + String.join(" ", subscriptions) + " ";
            return new Packed(all.size(), newest, lowest, highest, named, LoggedDeliveries.write(all));
        }
    }

    /** Writes a block behind everything that is written. */
    static void insert(Connection connection, Packed block) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO delivered_block (behind, entries, newest, lowest, highest, subscriptions, body) VALUES"
                        + " ((SELECT MAX(place) FROM (SELECT COALESCE(MAX(ordinal), 0) AS place FROM delivery UNION ALL"
                        + " SELECT COALESCE(MAX(behind), 0) FROM delivered_block) AS places), ?, ?, ?, ?, ?, ?)")) {
            insert.setInt(1, block.entries());
            insert.setLong(2, block.newest());
            insert.setLong(3, block.lowest());
            insert.setLong(4, block.highest());
            insert.setString(5, block.subscriptions());
            insert.setBytes(6, block.body());
            insert.executeUpdate();
        }
    }

    /** The newest block before a place that may hold what is looked for. */
    static Optional<Block> before(Connection connection, Place before, Search wanted) throws SQLException {
        StringBuilder sql =
                new StringBuilder("SELECT behind, ordinal, body FROM delivered_block WHERE (behind, ordinal) < (?, ?)");
        List<Object> values = new ArrayList<>(List.of(before.behind(), before.ordinal()));
        if (wanted.position() != null) {
            sql.append(" AND lowest <= ? AND highest >= ?");
            values.addAll(List.of(wanted.position(), wanted.position()));
        }
        if (wanted.subscription() != null) {
            // Wildcards in an id only find more; each delivery is looked at.
            sql.append(" AND subscriptions LIKE ?");
            values.add("% " + wanted.subscription() + " %");
        }
        sql.append(" ORDER BY behind DESC, ordinal DESC LIMIT 1");
        try (PreparedStatement query = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < values.size(); i++) query.setObject(i + 1, values.get(i));
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) return Optional.empty();
                Place place = new Place(row.getLong(1), row.getLong(2));
                return Optional.of(new Block(place, LoggedDeliveries.read(row.getBytes(3))));
            }
        }
    }

    /**
     * What is more than the log may hold.
     *
     * @param row rows up to this ordinal
     * @param block blocks before this place
     */
    record Excess(long row, Place block) {}

    /**
     * What is older than the newest deliveries, blocks counted by what they hold.
     *
     * @param newest ordinal of the newest row
     * @param most deliveries that are kept; a block of which only a part is more is kept
     */
    static Excess excess(Connection connection, long newest, long most) throws SQLException {
        long floor = newest - most;
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT behind, ordinal, entries FROM delivered_block ORDER BY behind DESC, ordinal DESC");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                long behind = row.getLong(1);
                long ordinal = row.getLong(2);
                if (behind <= floor) return new Excess(floor, new Place(behind, ordinal + 1));
                floor += row.getLong(3);
                if (behind <= floor) return new Excess(behind, new Place(behind, ordinal));
            }
        }
        return new Excess(floor, new Place(Math.min(floor, 0), 0));
    }

    /** The oldest blocks that nothing is kept of any more: all ended before that time, or they are excess. */
    static List<Long> due(Connection connection, long before, Place excess, int most) throws SQLException {
        List<Long> due = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT behind, ordinal, newest FROM delivered_block ORDER BY behind, ordinal LIMIT ?")) {
            query.setInt(1, most);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Place place = new Place(row.getLong(1), row.getLong(2));
                    if (row.getLong(3) >= before && place.compareTo(excess) >= 0) return due;
                    due.add(place.ordinal());
                }
            }
        }
        return due;
    }
}
