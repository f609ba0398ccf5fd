package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Json;
import io.eventful.store.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The states that changes left, as they are kept: bytes, never parsed, since they may be large. Of a delete it is the last
 * state before. Reads may block on the store and must not run on an event loop.
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
        AFTER("after", "afterDigest");

        private final String image;
        private final String digest;

        Side(String image, String digest) {
            this.image = image;
            this.digest = digest;
        }
    }

    /** The tag of the state at a position; empty when there is no such change, or its state was never known. */
    public Optional<Tag> tag(long position) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT head FROM change WHERE position = ?")) {
                select.setLong(1, position);
                try (ResultSet rows = select.executeQuery()) {
                    if (!rows.next()) return Optional.empty();
                    JsonNode head = Json.parse(rows.getBytes(1));
                    return side(head).map(side -> new Tag(digest(head, side, position)));
                }
            }
        });
    }

    private static String digest(JsonNode head, Side side, long position) {
        String kept = Heads.text(head, side.digest);
        return kept == null ? Json.digest(("position " + position).getBytes(StandardCharsets.UTF_8)) : kept;
    }

    /** The state at a position. */
    public Optional<byte[]> json(long position) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT head FROM change WHERE position = ?")) {
                select.setLong(1, position);
                try (ResultSet rows = select.executeQuery()) {
                    if (!rows.next()) return Optional.empty();
                    Optional<Side> side = side(Json.parse(rows.getBytes(1)));
                    return side.isEmpty() ? Optional.empty() : bytes(connection, side.get(), position);
                }
            }
        });
    }

    private static Optional<byte[]> bytes(Connection connection, Side side, long position) throws SQLException {
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

    private static Optional<Side> side(JsonNode head) {
        JsonNode after = head.path(Side.AFTER.image);
        if (Images.isKnown(after)) return Optional.of(Side.AFTER);
        boolean gone = after.isTextual() && !Images.isKnown(after);
        return gone && Images.isKnown(head.path(Side.BEFORE.image)) ? Optional.of(Side.BEFORE) : Optional.empty();
    }
}
