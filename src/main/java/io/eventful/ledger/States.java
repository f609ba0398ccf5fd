package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.eventful.event.EventType;
import io.eventful.event.Json;
import io.eventful.store.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The states that changes left, as they are kept: bytes, never parsed, since they may be large. Of a delete it is the last
 * state before; of any other change that left no item, {@code null}. Reads may block on the store and must not run on an event loop.
 */
public final class States {

    private final Database database;

    States(Database database) {
        this.database = database;
    }

    /**
     * What tells a state from another.
     *
     * @param digest {@code sha-256:<hex>} of its canonical form; of a state whose digest was not kept, of its place
     */
    public record Tag(String digest) {}

    private enum Side {
        BEFORE("before", "beforeDigest"),
        AFTER("after", "afterDigest"),
        /** There is no item. */
        NONE("", "");

        private final String image;
        private final String digest;

        Side(String image, String digest) {
            this.image = image;
            this.digest = digest;
        }
    }

    /** What a change says of its states. */
    private record Described(String action, JsonNode head) {

        /** Where the state is kept; empty when it was never known. */
        Optional<Side> side() {
            JsonNode after = head.path(Side.AFTER.image);
            if (Images.isKnown(after)) return Optional.of(Side.AFTER);
            boolean gone = after.isTextual() && Images.isKnown(head.path(Side.BEFORE.image));
            if (!gone) return Optional.empty();
            return Optional.of(action.equals(EventType.DELETED) ? Side.BEFORE : Side.NONE);
        }

        String digest(Side side, long position) {
            if (side == Side.NONE) return Json.digest(NullNode.instance);
            String kept = Heads.text(head, side.digest);
            return kept == null ? Json.digest(("position " + position).getBytes(StandardCharsets.UTF_8)) : kept;
        }
    }

    /** The tag of the state at a position; empty when there is no such change, or its state was never known. */
    public Optional<Tag> tag(long position) {
        return database.read(connection -> {
            Described change = described(connection, position);
            if (change == null) return Optional.empty();
            return change.side().map(side -> new Tag(change.digest(side, position)));
        });
    }

    /** The state at a position. */
    public Optional<byte[]> json(long position) {
        return database.read(connection -> {
            Described change = described(connection, position);
            Optional<Side> side = change == null ? Optional.empty() : change.side();
            return side.isEmpty() ? Optional.empty() : bytes(connection, side.get(), position);
        });
    }

    private static @Nullable Described described(Connection connection, long position) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT action, head FROM change WHERE position = ?")) {
            select.setLong(1, position);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? new Described(rows.getString(1), Json.parse(rows.getBytes(2))) : null;
            }
        }
    }

    private static Optional<byte[]> bytes(Connection connection, Side side, long position) throws SQLException {
        if (side == Side.NONE) return Optional.of("null".getBytes(StandardCharsets.US_ASCII));
        String sql = side == Side.AFTER
                ? "SELECT after_image FROM change WHERE position = ?"
                : "SELECT COALESCE(c.before_image, p.after_image) FROM change c"
                        + " LEFT JOIN change p ON p.position = c.before_position WHERE c.position = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, position);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getBytes(1)) : Optional.empty();
            }
        }
    }
}
