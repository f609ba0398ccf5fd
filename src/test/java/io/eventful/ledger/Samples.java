package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.RequestRecord;
import io.eventful.event.ResponseRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Calls as capture would record them. */
final class Samples {

    static final Instant TIME = Instant.parse("2026-03-04T05:06:07.123456789Z");
    static final Image ABSENT = new Image.Absent();

    private Samples() {}

    static Item item(String subject) {
        return new Item("/upstreams/default", "", subject);
    }

    /** Letters that cannot be compressed much, among them those that SQL and JSON escape. */
    static String random(int length) {
        return new Random(length)
                .ints(length, 0, 90)
                .collect(
                        StringBuilder::new,
                        (all, one) -> all.append(one < 80 ? (char) ('+' + one) : "\u20ac\\\"'".charAt(one % 4)),
                        StringBuilder::append)
                .toString();
    }

    static Image known(String json) {
        return new Image.Known(Json.parse(json));
    }

    static Image known(JsonNode json) {
        return new Image.Known(json);
    }

    static IntentDraft draft(Item item, String action, Image before) {
        return new IntentDraft(
                item,
                "customer",
                action,
                TIME,
                "default",
                before,
                known("{\"expected\":1.10}"),
                new RequestRecord(
                        "PUT",
                        item.subject() + "?a=b",
                        Map.of("if-match", List.of("\"a\"", "\"b\"")),
                        17,
                        "sha-256:ab"),
                Change.Order.LANE,
                Change.Guarantee.INTENT,
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                null);
    }

    static Settlement.Applied applied(Item item, String action, Image before, Image after) {
        return applied(Change.Outcome.CONFIRMED, item, action, before, after, null);
    }

    static Settlement.Applied applied(
            Change.Outcome outcome,
            Item item,
            String action,
            Image before,
            Image after,
            @org.jspecify.annotations.Nullable String reason) {
        return new Settlement.Applied(
                outcome,
                item,
                action,
                before,
                after,
                Change.Order.LANE,
                new ResponseRecord(200, Map.of("etag", List.of("\"7\"")), 23, "sha-256:cd"),
                reason);
    }
}
