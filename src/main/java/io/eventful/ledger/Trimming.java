package io.eventful.ledger;

import io.eventful.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes an item's oldest changes. What is never removed: the last change of an item, which is its state; a change
 * of unknown outcome that nobody has resolved, and what follows it; whatever lies after the floor. Runs in chunks, so
 * that no intent waits long behind it.
 */
final class Trimming {

    private static final int CHUNK = 256;

    private static final String BYTES = "OCTET_LENGTH(c.head) + COALESCE(OCTET_LENGTH(c.patch), 0)"
            + " + COALESCE(OCTET_LENGTH(c.inverse), 0) + COALESCE(OCTET_LENGTH(c.before_image), 0)"
            + " + COALESCE(OCTET_LENGTH(c.after_image), 0)";

    private final Database database;

    Trimming(Database database) {
        this.database = database;
    }

    /** A change that may go. */
    record Candidate(long position, long item, long revision, Instant time, long bytes) {}

    /** Bytes of the documents of all changes. */
    long size() {
        return database.scan(connection -> {
            try (Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery("SELECT SUM(" + BYTES + ") FROM change c")) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /**
     * What may go after a position, oldest first, at most a chunk.
     *
     * @param floor no change after this position goes
     */
    List<Candidate> candidates(long after, long floor) {
        String sql = "SELECT c.position, c.item, c.revision, c.time, " + BYTES
                + " FROM change c JOIN item i ON i.id = c.item"
                + " WHERE c.position > ? AND c.position <= ? AND c.position < i.position"
                + " AND NOT EXISTS (SELECT 1 FROM change u WHERE u.outcome = 'unknown' AND u.item = c.item"
                + " AND u.position <= c.position"
                + " AND NOT EXISTS (SELECT 1 FROM resolution r WHERE r.position = u.position))"
                + " ORDER BY c.position LIMIT " + CHUNK;
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setLong(1, after);
                select.setLong(2, floor);
                List<Candidate> candidates = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next())
                        candidates.add(new Candidate(
                                rows.getLong(1),
                                rows.getLong(2),
                                rows.getLong(3),
                                Times.instant(rows.getLong(4)),
                                rows.getLong(5)));
                }
                return candidates;
            }
        });
    }

    /** Removes candidates, durably; they must be consecutive ones, as {@link #candidates} gives them. */
    void remove(List<Candidate> candidates) {
        Map<Long, Candidate> lasts = new HashMap<>();
        Set<Long> positions = candidates.stream().map(Candidate::position).collect(Collectors.toSet());
        for (Candidate candidate : candidates) lasts.put(candidate.item(), candidate);
        database.write(connection -> {
                    for (Candidate last : lasts.values()) keepImage(connection, last);
                    MadeAgainRows.keep(connection, positions);
                    for (Candidate candidate : candidates) delete(connection, candidate.position());
                    for (Candidate last : lasts.values()) note(connection, last);
                    return candidates.size();
                })
                .join();
    }

    /** The next change of the item may have its before-image there alone. */
    private static void keepImage(Connection connection, Candidate gone) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE change SET before_image = (SELECT p.after_image FROM change p WHERE p.position = ?),"
                        + " before_position = NULL WHERE item = ? AND revision = ? AND before_position = ?")) {
            update.setLong(1, gone.position());
            update.setLong(2, gone.item());
            update.setLong(3, gone.revision() + 1);
            update.setLong(4, gone.position());
            update.executeUpdate();
        }
    }

    private static void delete(Connection connection, long position) throws SQLException {
        for (String table : List.of("change", "resolution", "skipped", "made_again")) {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + table + " WHERE position = ?")) {
                delete.setLong(1, position);
                delete.executeUpdate();
            }
        }
    }

    private static void note(Connection connection, Candidate last) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE item SET trimmed = ? WHERE id = ?")) {
            update.setLong(1, last.revision());
            update.setLong(2, last.item());
            update.executeUpdate();
        }
    }
}
