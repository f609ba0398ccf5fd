package io.eventful.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** The statements on replay jobs. */
final class ReplayJobs {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMNS =
            "id, subscription, kind, state, cursor_sequence, to_sequence, document, sent, created, updated";

    private ReplayJobs() {}

    /** Why publications are sent again. */
    enum Kind {
        /** Somebody asked for it; marked on each event. */
        REPLAY,
        /** The subscription begins in the past; these are first deliveries. */
        CATCH_UP
    }

    /**
     * A job.
     *
     * @param wish what was asked for; of a catch-up, everything
     * @param cursor sequence number up to which it is done
     * @param to sequence number it ends at
     */
    record Job(
            String id,
            String subscription,
            Kind kind,
            Replay.State state,
            long cursor,
            long to,
            ReplayWish wish,
            long sent,
            Instant created,
            Instant updated) {

        Replay view() {
            return new Replay(
                    id,
                    subscription,
                    state,
                    wish.from(),
                    wish.to(),
                    wish.types(),
                    wish.subject(),
                    wish.filters(),
                    wish.rate(),
                    sent,
                    created,
                    updated);
        }

        /** The id that marks the events; null for first deliveries. */
        @Nullable
        String mark() {
            return kind == Kind.REPLAY ? id : null;
        }
    }

    static void insert(Connection connection, Job job) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO delivery_replay (" + COLUMNS
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")) {
            insert.setString(1, job.id());
            insert.setString(2, job.subscription());
            insert.setString(3, job.kind().name().toLowerCase(Locale.ROOT));
            insert.setString(4, job.state().name().toLowerCase(Locale.ROOT));
            insert.setLong(5, job.cursor());
            insert.setLong(6, job.to());
            insert.setString(7, JSON.writeValueAsString(job.wish()));
            insert.setLong(8, job.sent());
            insert.setLong(9, job.created().toEpochMilli());
            insert.setLong(10, job.updated().toEpochMilli());
            insert.executeUpdate();
        } catch (JsonProcessingException impossible) {
            throw new SQLException("a replay's document cannot be written", impossible);
        }
    }

    static Optional<Job> find(Connection connection, String id) throws SQLException {
        return query(connection, "id = ?", List.of(id)).stream().findFirst();
    }

    /** Replays, the newest first, after one of them; of one subscription, in one state, or of all. */
    static List<Job> list(
            Connection connection,
            @Nullable String subscription,
            Replay.@Nullable State state,
            @Nullable String after,
            int limit)
            throws SQLException {
        List<String> values = new ArrayList<>();
        StringBuilder where = new StringBuilder("kind = 'replay'");
        if (subscription != null) {
            where.append(" AND subscription = ?");
            values.add(subscription);
        }
        if (state != null) {
            where.append(" AND state = ?");
            values.add(state.name().toLowerCase(Locale.ROOT));
        }
        if (after != null) {
            where.append(" AND (created, id) < (SELECT created, id FROM delivery_replay WHERE id = ?)");
            values.add(after);
        }
        return query(connection, where + " ORDER BY created DESC, id DESC LIMIT " + limit, values);
    }

    static List<Job> running(Connection connection) throws SQLException {
        return query(connection, "state = ?", List.of("running"));
    }

    static List<Job> catchUps(Connection connection) throws SQLException {
        return query(connection, "kind = ?", List.of("catch_up"));
    }

    private static List<Job> query(Connection connection, String where, List<String> values) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM delivery_replay WHERE " + where)) {
            for (int i = 0; i < values.size(); i++) query.setString(i + 1, values.get(i));
            List<Job> jobs = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) jobs.add(job(row));
            }
            return jobs;
        } catch (JsonProcessingException damaged) {
            throw new SQLException("a replay's document cannot be read", damaged);
        }
    }

    private static Job job(ResultSet row) throws SQLException, JsonProcessingException {
        return new Job(
                row.getString(1),
                row.getString(2),
                Kind.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                Replay.State.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                row.getLong(5),
                row.getLong(6),
                JSON.readValue(row.getString(7), ReplayWish.class),
                row.getLong(8),
                Instant.ofEpochMilli(row.getLong(9)),
                Instant.ofEpochMilli(row.getLong(10)));
    }

    static boolean runs(Connection connection, String id) throws SQLException {
        return !query(connection, "id = ? AND state = 'running'", List.of(id)).isEmpty();
    }

    /** Moves the end of a running job behind a sequence number. Returns false when it has ended. */
    static boolean extend(Connection connection, String id, long sequence) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE delivery_replay SET to_sequence = CASE WHEN"
                + " to_sequence < ? THEN ? ELSE to_sequence END WHERE id = ? AND state = 'running'")) {
            update.setLong(1, sequence);
            update.setLong(2, sequence);
            update.setString(3, id);
            return update.executeUpdate() > 0;
        }
    }

    /** Moves the cursor. Returns whether the job is done: its end, as it stands now, is reached. */
    static boolean advance(Connection connection, String id, long cursor, long sent, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE delivery_replay SET cursor_sequence = ?,"
                + " sent = sent + ?, updated = ?, state = CASE WHEN to_sequence <= ? THEN 'done' ELSE state END"
                + " WHERE id = ? AND state = 'running' RETURNING state")) {
            update.setLong(1, cursor);
            update.setLong(2, sent);
            update.setLong(3, now.toEpochMilli());
            update.setLong(4, cursor);
            update.setString(5, id);
            try (ResultSet row = update.executeQuery()) {
                return !row.next() || !row.getString(1).equals("running");
            }
        }
    }

    /** Ends a replay that runs. Returns false when it has ended. */
    static boolean end(Connection connection, String id, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE delivery_replay SET state = 'cancelled',"
                + " updated = ? WHERE id = ? AND state = 'running' AND kind = 'replay'")) {
            update.setLong(1, now.toEpochMilli());
            update.setString(2, id);
            return update.executeUpdate() > 0;
        }
    }

    /** Ends a catch-up where it is: it comes to nothing more. */
    static void skip(Connection connection, String subscription, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE delivery_replay SET state = 'done', updated"
                + " = ? WHERE subscription = ? AND state = 'running' AND kind = 'catch_up'")) {
            update.setLong(1, now.toEpochMilli());
            update.setString(2, subscription);
            update.executeUpdate();
        }
    }

    /** Ends what still runs for a subscription that is no more. */
    static void cancel(Connection connection, String subscription, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE delivery_replay SET state = 'cancelled', updated = ? WHERE subscription = ? AND state ="
                        + " 'running'")) {
            update.setLong(1, now.toEpochMilli());
            update.setString(2, subscription);
            update.executeUpdate();
        }
    }
}
