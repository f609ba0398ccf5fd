package io.eventful.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.RequestRecord;
import io.eventful.event.ResponseRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes as the ledger would give them. */
final class Changes {

    private Changes() {}

    static Change updated() {
        return change(
                "updated",
                new Image.Known(Json.parse("{\"id\":42,\"email\":\"ada@old.example\"}")),
                new Image.Known(Json.parse(
                        "{\"id\":42,\"email\":\"ada@new.example\",\"total\":10.50,\"vip\":true,\"note\":null,"
                                + "\"lines\":[{\"sku\":\"a-1\",\"n\":2},{\"sku\":\"b-2\",\"n\":5}]}")));
    }

    static Change deleted() {
        return change("deleted", new Image.Known(Json.parse("{\"id\":42}")), new Image.Absent());
    }

    static Change change(String action, Image before, Image after) {
        return new Change(
                7,
                new Item("/upstreams/default", "", "/customers/42"),
                3,
                "customer",
                action,
                Instant.parse("2026-01-02T03:04:05Z"),
                Change.Outcome.CONFIRMED,
                Change.Order.LANE,
                Change.Guarantee.INTENT,
                before,
                after,
                patch(),
                null,
                null,
                null,
                new RequestRecord(
                        "PUT", "/customers/42", Map.of("content-type", List.of("application/json")), 12, "sha-256:00"),
                new ResponseRecord(200, Map.of(), 0, ""),
                null,
                null,
                null);
    }

    private static @Nullable ArrayNode patch() {
        return (ArrayNode) Json.parse("[{\"op\":\"replace\",\"path\":\"/email\",\"value\":\"ada@new.example\"}]");
    }
}
