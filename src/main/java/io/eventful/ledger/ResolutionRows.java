package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.eventful.event.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes of unknown outcome that are resolved. Runs on the store's writer. */
final class ResolutionRows {

    private ResolutionRows() {}

    /** Appends what follows from a finding; empty when the change was resolved before. */
    static Optional<Change> append(Connection connection, Resolution resolution, Instant now) throws SQLException {
        if (!note(connection, resolution)) return Optional.empty();
        // Read here, where nobody else writes: what follows depends on what stands last.
        Change latest = Changes.latest(connection, resolution.item()).orElse(null);
        Entry entry = Entry.of(resolution.draft(now), resolution.applied(latest), now);
        Change appended = EntryWriter.append(connection, entry, null);
        Keys.resolved(connection, resolution, appended.position());
        MadeAgainRows.resolved(connection, resolution, appended);
        return Optional.of(appended);
    }

    /** Notes that the next change to be appended resolves one; false when that is resolved already. */
    private static boolean note(Connection connection, Resolution resolution) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO resolution (position, outcome, resolved_by)"
                        + " VALUES (?, ?, (SELECT COALESCE(MAX(position), 0) + 1 FROM change))"
                        + " ON CONFLICT (position) DO NOTHING")) {
            insert.setLong(1, resolution.change().position());
            insert.setString(2, Heads.code(resolution.finding()));
            return insert.executeUpdate() == 1;
        }
    }

    /** All of them, as an export tells them. */
    static List<JsonNode> all(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT position, outcome, resolved_by FROM resolution ORDER BY 1");
                ResultSet rows = select.executeQuery()) {
            List<JsonNode> all = new ArrayList<>();
            while (rows.next())
                all.add(JsonNodeFactory.instance
                        .objectNode()
                        .put("position", Long.toString(rows.getLong(1)))
                        .put("outcome", rows.getString(2))
                        .put("resolvedBy", Long.toString(rows.getLong(3))));
            return all;
        }
    }

    /** Puts back what an export told. */
    static void restore(Connection connection, JsonNode resolution) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO resolution (position, outcome, resolved_by) VALUES (?, ?, ?)")) {
            insert.setLong(1, Long.parseLong(ChangeLine.text(resolution, "position")));
            insert.setString(
                    2, Heads.code(Heads.value(Resolution.Finding.class, ChangeLine.text(resolution, "outcome"))));
            insert.setLong(3, Long.parseLong(ChangeLine.text(resolution, "resolvedBy")));
            insert.executeUpdate();
        }
    }
}
