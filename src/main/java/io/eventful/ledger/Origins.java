package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the ledger knows of many changes at once, without their documents. */
final class Origins {

    /** Positions of one statement; the last ones are filled up, so that there is one text to prepare. */
    private static final int CHUNK = 64;

    private static final String SELECT =
            "SELECT c.position, i.source, i.scope, i.subject, c.revision, c.action, c.time,"
                    + " c.head FROM change c JOIN item i ON i.id = c.item WHERE c.position IN ("
                    + "?, ".repeat(CHUNK - 1) + "?)";

    private Origins() {}

    static Map<Long, Origin> find(Connection connection, Collection<Long> positions) throws SQLException {
        Map<Long, Origin> found = new HashMap<>();
        List<Long> all = List.copyOf(positions);
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            for (int from = 0; from < all.size(); from += CHUNK) {
                for (int i = 0; i < CHUNK; i++) select.setLong(i + 1, all.get(Math.min(from + i, all.size() - 1)));
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        Origin origin = origin(rows);
                        found.put(origin.position(), origin);
                    }
                }
            }
        }
        return found;
    }

    private static Origin origin(ResultSet row) throws SQLException {
        JsonNode head = Json.parse(row.getBytes(8));
        JsonNode after = head.path("after");
        Origin.Shows shows = !after.isTextual()
                ? Origin.Shows.UNKNOWN
                : after.textValue().equals("absent") ? Origin.Shows.NOTHING : Origin.Shows.STATE;
        return new Origin(
                row.getLong(1),
                new Item(row.getString(2), row.getString(3), row.getString(4)),
                row.getLong(5),
                row.getString(6),
                Times.instant(row.getLong(7)),
                shows,
                etag(
                        head.path("response")
                                .path("headers")
                                .path("etag")
                                .path(0)
                                .asText(""),
                        head.path("request").path("method").asText("")));
    }

    /** The same of a change that was read whole. */
    static Origin of(Change change) {
        Origin.Shows shows = switch (change.after()) {
            case Image.Known known -> Origin.Shows.STATE;
            case Image.Absent absent -> Origin.Shows.NOTHING;
            case Image.Digested digested -> Origin.Shows.UNKNOWN;
            case Image.Unknown unknown -> Origin.Shows.UNKNOWN;
        };
        String etag = Optional.ofNullable(change.response())
                .map(reply -> reply.headers().get("etag"))
                .map(List::getFirst)
                .orElse("");
        String method = change.request() == null ? "" : change.request().method();
        return new Origin(
                change.position(),
                change.item(),
                change.revision(),
                change.action(),
                change.time(),
                shows,
                etag(etag, method));
    }

    /** RFC 9110 §8.8.3: in the reply to a PUT or a creating POST the tag is that of the new state; an action's may be of anything. */
    private static @Nullable String etag(String etag, String method) {
        boolean wellFormed = etag.matches("(W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"");
        return wellFormed && !method.equals("DELETE") ? etag : null;
    }
}
