package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Json;
import io.eventful.event.JsonPatch;
import io.eventful.event.PatchException;
import io.eventful.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a whole ledger: the database's own pages, that no position and no revision is missing but those that retention
 * took, that images have the digests they were kept with, and that each patch and inverse leads from one image to the
 * other. Flat in memory; reads only.
 */
final class Verification {

    /** Problems that are told; the rest is counted. */
    private static final int TOLD = 100;

    private static final int PAGE = 256;

    /** What must not be found, and what it means; each query gives a position or a subject. */
    private static final List<Law> LAWS = List.of(
            new Law(
                    "SELECT i.subject FROM item i WHERE (SELECT COUNT(*) FROM change c WHERE c.item = i.id)"
                            + " <> i.revision - i.trimmed",
                    "revisions are missing"),
            new Law(
                    "SELECT i.subject FROM item i LEFT JOIN change c ON c.position = i.position"
                            + " WHERE c.position IS NULL OR c.item <> i.id OR c.revision <> i.revision",
                    "the last change of the item is not at the recorded position"),
            new Law(
                    "SELECT c.position FROM change c LEFT JOIN change p ON p.position = c.before_position"
                            + " WHERE c.before_position IS NOT NULL"
                            + " AND (p.position IS NULL OR p.item <> c.item OR p.revision <> c.revision - 1)",
                    "the before-image is missing"),
            new Law(
                    "SELECT c.position FROM change c LEFT JOIN item i ON i.id = c.item WHERE i.id IS NULL",
                    "the item is missing"),
            new Law(
                    "SELECT c.position FROM change c WHERE c.position < 1 OR c.revision < 1",
                    "no position, or no revision: they begin with 1"));

    /** How many positions are missing that retention has not removed, and how many it has. */
    private static final String COUNTS =
            "SELECT (SELECT COALESCE(MAX(c.position), 0) - COUNT(*) FROM change c WHERE c.position >= 1) - t.trimmed,"
                    + " t.trimmed FROM (SELECT COALESCE(SUM(i.trimmed), 0) AS trimmed FROM item i) t";

    private static final String FIRST_GAP =
            "SELECT MIN(x.before) + 1 FROM (SELECT 0 AS before UNION ALL SELECT c.position FROM change c) x"
                    + " WHERE x.before >= 0 AND NOT EXISTS (SELECT 1 FROM change n WHERE n.position = x.before + 1)";

    private record Law(String query, String meaning) {}

    private final Database database;
    private final Changes changes;
    private final List<String> problems = new ArrayList<>();
    private long found;
    private long looked;

    Verification(Database database, Changes changes) {
        this.database = database;
        this.changes = changes;
    }

    /** What was found. */
    LedgerReport run() {
        try {
            database.scan(this::pages);
            for (Law law : LAWS) database.scan(connection -> law(connection, law));
            database.scan(this::missing);
            contents();
        } catch (RuntimeException e) {
            problem("the ledger cannot be read to its end (after " + looked + " changes): " + rootMessage(e)
                    + "; restore a backup, or import the last export into a new data folder");
        }
        return new LedgerReport(looked, found, List.copyOf(problems));
    }

    private int pages(Connection connection) throws SQLException {
        if (!connection.getMetaData().getDatabaseProductName().equals("SQLite")) return 0;
        try (Statement check = connection.createStatement();
                ResultSet rows = check.executeQuery("PRAGMA integrity_check(" + TOLD + ")")) {
            while (rows.next())
                if (!rows.getString(1).equals("ok")) problem("the database is damaged: " + rows.getString(1));
        }
        return 0;
    }

    private int law(Connection connection, Law law) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(law.query())) {
            while (rows.next()) problem(rows.getString(1) + ": " + law.meaning());
        }
        return 0;
    }

    private int missing(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet counts = select.executeQuery(COUNTS)) {
            counts.next();
            long missing = counts.getLong(1);
            // Retention leaves gaps of its own, which nobody can tell from others.
            boolean alone = counts.getLong(2) == 0;
            if (missing < 0) problem("changes that retention removed, and are there: " + -missing);
            else if (missing > 0) problem(alone ? gap(connection, missing) : "positions missing: " + missing);
        }
        return 0;
    }

    private static String gap(Connection connection, long missing) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(FIRST_GAP)) {
            row.next();
            return row.getLong(1) + ": the position is missing"
                    + (missing == 1 ? "" : ", the first of " + missing + " that are");
        }
    }

    private void contents() {
        long after = 0;
        while (true) {
            List<Long> positions = positions(after);
            if (positions.isEmpty()) return;
            List<Change> page = page(after, positions);
            page.forEach(this::content);
            after = page.isEmpty() ? positions.getLast() : page.getLast().position();
        }
    }

    /** The next changes; when one of them cannot be read, the rest of the page is read one by one. */
    private List<Change> page(long after, List<Long> positions) {
        try {
            List<Change> page = changes.after(after, PAGE);
            looked += page.size();
            return page;
        } catch (IllegalArgumentException | IllegalStateException e) {
            positions.forEach(this::alone);
            return List.of();
        }
    }

    private void alone(long position) {
        looked++;
        try {
            changes.at(position).ifPresent(this::content);
        } catch (IllegalArgumentException | IllegalStateException e) {
            problem(position + ": cannot be read: " + rootMessage(e));
        }
    }

    private List<Long> positions(long after) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT position FROM change WHERE position > ? ORDER BY position LIMIT " + PAGE)) {
                select.setLong(1, after);
                List<Long> positions = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) positions.add(rows.getLong(1));
                }
                return positions;
            }
        });
    }

    private void content(Change change) {
        digest(change, "before", change.before(), change.beforeDigest());
        digest(change, "after", change.after(), change.afterDigest());
        JsonNode before = Images.document(change.before());
        JsonNode after = Images.document(change.after());
        if (before == null || after == null) return;
        leads(change, "patch", change.patch(), before, after);
        leads(change, "inverse", change.inverse(), after, before);
    }

    private void digest(Change change, String side, Image image, @Nullable String kept) {
        if (!Objects.equals(Images.digest(image), kept))
            problem(change.position() + ": the item " + side + " the change does not match its stored digest");
    }

    private void leads(Change change, String name, @Nullable ArrayNode patch, JsonNode from, JsonNode to) {
        if (patch == null) return;
        try {
            if (Json.same(JsonPatch.apply(patch, from), to)) return;
        } catch (PatchException e) {
            // told below
        }
        problem(change.position() + ": the " + name + " does not transform one image into the other");
    }

    private void problem(String text) {
        found++;
        if (problems.size() < TOLD) problems.add(text);
    }

    private static String rootMessage(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) cause = cause.getCause();
        return String.valueOf(cause.getMessage());
    }
}
