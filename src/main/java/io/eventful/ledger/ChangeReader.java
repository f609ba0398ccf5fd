package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads changes; each query is {@link #SELECT} with a condition of its own. */
final class ChangeReader {

    private static final String SELECT = "SELECT c.position, i.source, i.scope, i.subject, c.revision, c.resource,"
            + " c.action, c.time, c.outcome, c.head, c.patch, c.inverse,"
            + " COALESCE(c.before_image, p.after_image), c.after_image"
            + " FROM change c JOIN item i ON i.id = c.item LEFT JOIN change p ON p.position = c.before_position ";

    /** Bytes of documents that are read at a time, give or take one change. */
    static final long PAGE_BYTES = 8L * 1024 * 1024;

    /** The same for those who ask from outside: as trees, documents may be a hundred times larger. */
    static final long ASKED_BYTES = 256L * 1024;

    /** What of a row may be large. */
    private record Documents(
            byte @Nullable [] patch, byte @Nullable [] inverse, byte @Nullable [] before, byte @Nullable [] after) {

        long length() {
            return (long) length(patch) + length(inverse) + length(before) + length(after);
        }

        private static int length(byte @Nullable [] bytes) {
            return bytes == null ? 0 : bytes.length;
        }
    }

    private ChangeReader() {}

    /** Fills in the parameters of a condition. */
    @FunctionalInterface
    interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    static List<Change> all(Connection connection, String condition, Parameters parameters) throws SQLException {
        return all(connection, condition, PAGE_BYTES, parameters);
    }

    /** @param most bytes of documents after which reading ends, with one change at least */
    static List<Change> all(Connection connection, String condition, long most, Parameters parameters)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + condition)) {
            parameters.set(select);
            List<Change> changes = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                long bytes = 0;
                while (bytes < most && rows.next()) {
                    Documents documents =
                            new Documents(rows.getBytes(11), rows.getBytes(12), rows.getBytes(13), rows.getBytes(14));
                    bytes += documents.length();
                    changes.add(change(rows, documents));
                }
            }
            return changes;
        }
    }

    private static Change change(ResultSet row, Documents documents) throws SQLException {
        JsonNode head = Json.parse(row.getBytes(10));
        JsonNode request = head.get("request");
        JsonNode response = head.get("response");
        String reason = Heads.text(head, "reason");
        Redacted images = Redacted.of(
                reason,
                Images.read(head.path("before"), documents.before()),
                Images.read(head.path("after"), documents.after()));
        Image before = images.before();
        Image after = images.after();
        ArrayNode patch = patch(documents.patch());
        ArrayNode inverse = patch(documents.inverse());
        return new Change(
                row.getLong(1),
                new Item(row.getString(2), row.getString(3), row.getString(4)),
                row.getLong(5),
                row.getString(6),
                row.getString(7),
                Times.instant(row.getLong(8)),
                Heads.value(Change.Outcome.class, row.getString(9)),
                Heads.value(Change.Order.class, head.path("order").asText()),
                Heads.value(Change.Guarantee.class, head.path("guarantee").asText()),
                before,
                after,
                patch == null ? Wholes.patch(head, before, after) : patch,
                inverse == null ? Wholes.inverse(head, before, after) : inverse,
                Heads.text(head, "beforeDigest"),
                Heads.text(head, "afterDigest"),
                request == null ? null : Heads.request(request),
                response == null ? null : Heads.response(response),
                Heads.text(head, "traceparent"),
                Heads.text(head, "causation"),
                reason);
    }

    private static @Nullable ArrayNode patch(byte @Nullable [] bytes) {
        return bytes == null ? null : (ArrayNode) Json.parse(bytes);
    }
}
