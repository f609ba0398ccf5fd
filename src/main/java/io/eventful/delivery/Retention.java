package io.eventful.delivery;

import io.eventful.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what is old or too much, a small chunk at a time. It looks for it with reads, oldest first and no further than
 * where nothing can be due, so that the writer, which everybody waits for, only deletes rows that it is given.
 */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int CHUNK = 200;
    /** They hold up to a thousand deliveries each. */
    private static final int BLOCKS = 10;

    /** Its event is needed as long as a delivery of it waits, or is kept as a dead letter. */
    private static final String NEEDED =
            "EXISTS (SELECT 1 FROM delivery WHERE same_text(delivery.event_id, publication.event_id)"
                    + " AND delivery.channel = publication.channel AND (finished IS NULL OR state = 'dead'))";

    private static final String OLDEST_DEAD =
            "SELECT ordinal FROM delivery WHERE state = 'dead' ORDER BY ordinal DESC LIMIT 1 OFFSET ?";

    private final Database database;
    private final Clock clock;
    private final RetentionSettings settings;
    private long deliveries;
    private long publications;

    Retention(Database database, Clock clock, RetentionSettings settings) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * What a look found.
     *
     * @param gone primary keys of rows to delete
     * @param last key of the last row looked at; 0 when there is nothing more to look at
     */
    private record Page(List<Long> gone, long last) {}

    /** Forgets a chunk of each kind. Returns whether there may be more. Blocks on the store. */
    synchronized boolean chunk() {
        try {
            Page done = database.read(connection -> deliveries(connection, clock.instant()));
            if (!done.gone().isEmpty()) delete(done.gone(), Retention::deleteDeliveries);
            deliveries = done.last();
            List<Long> blocks = database.read(connection -> blocks(connection, clock.instant()));
            if (!blocks.isEmpty()) delete(blocks, Retention::deleteBlocks);
            Page events = database.read(connection -> publications(connection, clock.instant()));
            if (!events.gone().isEmpty()) delete(events.gone(), Retention::deletePublications);
            publications = events.last();
            List<String> replays = database.read(
                    connection -> EndedReplays.find(connection, before(clock.instant(), settings.delivered()), CHUNK));
            if (!replays.isEmpty()) delete(replays, EndedReplays::delete);
            return deliveries > 0 || publications > 0 || blocks.size() == BLOCKS || replays.size() == CHUNK;
        } catch (RuntimeException refused) {
            LOG.warn("delivery.not-pruned reason={}", refused.getClass().getSimpleName(), refused);
            return false;
        }
    }

    private interface Deletion<K> {
        void run(Connection connection, List<K> keys) throws SQLException;
    }

    private <K> void delete(List<K> keys, Deletion<K> deletion) {
        database.write(connection -> {
                    deletion.run(connection, keys);
                    return 0;
                })
                .join();
    }

    private Page deliveries(Connection connection, Instant now) throws SQLException {
        long delivered = before(now, settings.delivered());
        long dead = before(now, settings.dead());
        long most = excess(connection).row();
        long mostDead;
        try (PreparedStatement query = connection.prepareStatement(OLDEST_DEAD)) {
            query.setLong(1, settings.deadRows());
            mostDead = number(query);
        }
        try (PreparedStatement query = connection.prepareStatement("SELECT ordinal, state, finished, created FROM"
                + " delivery WHERE ordinal > ? ORDER BY ordinal LIMIT " + CHUNK)) {
            query.setLong(1, deliveries);
            List<Long> gone = new ArrayList<>();
            long last = 0;
            int rows = 0;
            boolean young = false;
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows++;
                    last = row.getLong(1);
                    long finished = row.getLong(3);
                    if (row.wasNull()) continue;
                    boolean isDead = row.getString(2).equals("dead");
                    if (isDead ? finished < dead || last <= mostDead : finished < delivered || last <= most)
                        gone.add(last);
                    young = row.getLong(4) >= Math.max(delivered, dead) && last > Math.max(most, mostDead);
                }
            }
            return new Page(gone, rows < CHUNK || young ? 0 : last);
        }
    }

    private List<Long> blocks(Connection connection, Instant now) throws SQLException {
        return DeliveredBlocks.due(
                connection,
                before(now, settings.delivered()),
                excess(connection).block(),
                BLOCKS);
    }

    private DeliveredBlocks.Excess excess(Connection connection) throws SQLException {
        long newest = number(
                connection,
                "SELECT MAX(place) FROM (SELECT COALESCE(MAX(ordinal), 0) AS place FROM delivery UNION ALL"
                        + " SELECT COALESCE(MAX(behind), 0) FROM delivered_block) AS places");
        return DeliveredBlocks.excess(connection, newest, settings.deliveredRows());
    }

    private Page publications(Connection connection, Instant now) throws SQLException {
        long before = before(now, settings.publications());
        long most = number(connection, "SELECT MAX(sequence) FROM publication") - settings.publicationRows();
        long replayed;
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT COALESCE(MIN(cursor_sequence), ?) FROM delivery_replay WHERE state = 'running'")) {
            query.setLong(1, Long.MAX_VALUE);
            replayed = number(query);
        }
        try (PreparedStatement query = connection.prepareStatement("SELECT sequence, time, CASE WHEN " + NEEDED
                + " THEN 1 ELSE 0 END FROM publication WHERE sequence > ? ORDER BY sequence LIMIT " + CHUNK)) {
            query.setLong(1, publications);
            List<Long> gone = new ArrayList<>();
            long last = 0;
            int rows = 0;
            boolean kept = false;
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows++;
                    last = row.getLong(1);
                    kept = last > replayed || row.getLong(2) >= before && last > most;
                    if (!kept && row.getInt(3) == 0) gone.add(last);
                }
            }
            return new Page(gone, rows < CHUNK || kept ? 0 : last);
        }
    }

    private static long before(Instant now, Duration retention) {
        return now.minus(retention).toEpochMilli();
    }

    private static void deleteDeliveries(Connection connection, List<Long> ordinals) throws SQLException {
        try (PreparedStatement attempts = connection.prepareStatement(
                        "DELETE FROM delivery_attempt WHERE delivery = (SELECT id FROM delivery WHERE ordinal = ?"
                                + " AND finished IS NOT NULL)");
                PreparedStatement rows = connection.prepareStatement(
                        "DELETE FROM delivery WHERE ordinal = ? AND finished IS NOT NULL")) {
            for (PreparedStatement delete : new PreparedStatement[] {attempts, rows}) batch(delete, ordinals);
        }
    }

    private static void deleteBlocks(Connection connection, List<Long> ordinals) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM delivered_block WHERE ordinal = ?")) {
            batch(delete, ordinals);
        }
    }

    private static void deletePublications(Connection connection, List<Long> sequences) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM publication WHERE sequence = ? AND NOT " + NEEDED)) {
            batch(delete, sequences);
        }
    }

    private static void batch(PreparedStatement delete, List<Long> keys) throws SQLException {
        for (long key : keys) {
            delete.setLong(1, key);
            delete.addBatch();
        }
        delete.executeBatch();
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            return number(query);
        }
    }

    private static long number(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
