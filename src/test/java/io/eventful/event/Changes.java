package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes as the ledger would make them. */
final class Changes {

    static final String BEFORE = """
        {"id":42,"email":"ada@old.example","created_at":"2019-12-20T11:27:52-05:00","balance":1.10,\
        "address":{"city":"London","zip":"N1"},"tags":["a","b"],"phone":"1"}\
        """;
    static final String AFTER = """
        {"id":42,"email":"ada@new.example","created_at":"2019-12-20T11:27:52-05:00","balance":1.1,\
        "address":{"city":"Paris","zip":"N1","a/b":null},"tags":["a","b","c"],"vip":true}\
        """;

    private static final Item ITEM = new Item("/upstreams/default", "", "/customers/42");
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String DIGEST = "sha-256:" + "0123456789abcdef".repeat(4);

    private Changes() {}

    /** One change of each kind, by the name of its golden file. */
    static Map<String, Change> all() {
        Map<String, Change> all = new LinkedHashMap<>();
        all.put("created", of("created", absent(), known(AFTER)));
        all.put("updated", of("updated", known(BEFORE), known(AFTER)));
        all.put("deleted", of("deleted", known(BEFORE), absent()));
        all.put(
                "action",
                of("cancel", known("{\"id\":42,\"state\":\"open\"}"), known("{\"id\":42,\"state\":\"cancelled\"}")));
        all.put("unknown", unknownCreate());
        all.put(
                "too-large",
                of("updated", known(BEFORE), new Image.Digested(5_000_000, DIGEST, "application/json", "too-large")));
        all.put(
                "not-json",
                of(
                        "updated",
                        new Image.Digested(12, DIGEST, "", "not-json"),
                        new Image.Digested(12, DIGEST, "text/csv", "not-json")));
        all.put("drifted", drifted());
        all.put("reversed", reversed());
        all.put("reversed-create", reversedCreate());
        all.put("redacted", with(of("updated", known(BEFORE), known(AFTER).redacted()), null, "redacted"));
        return all;
    }

    static Image known(String json) {
        return new Image.Known(Json.parse(json));
    }

    static Image absent() {
        return new Image.Absent();
    }

    static Change of(String action, Image before, Image after) {
        JsonNode from = tree(before);
        JsonNode to = tree(after);
        boolean known = from != null && to != null;
        return new Change(
                17,
                ITEM,
                3,
                "customer",
                action,
                TIME,
                Change.Outcome.CONFIRMED,
                Change.Order.LANE,
                Change.Guarantee.INTENT,
                before,
                after,
                known ? JsonPatch.diff(from, to) : null,
                known ? JsonPatch.inverse(from, to) : null,
                before instanceof Image.Known json ? Json.digest(json.json()) : null,
                after instanceof Image.Known json ? Json.digest(json.json()) : null,
                new RequestRecord(
                        "PUT", "/customers/42?x=1", Map.of("content-type", List.of("application/json")), 90, DIGEST),
                new ResponseRecord(200, Map.of("etag", List.of("\"7\"")), 120, DIGEST),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                null,
                null);
    }

    private static @Nullable JsonNode tree(Image image) {
        return switch (image) {
            case Image.Known known -> known.json();
            case Image.Absent absent -> NullNode.instance;
            default -> null;
        };
    }

    private static Change unknownCreate() {
        return new Change(
                18,
                new Item("/upstreams/default", "", "/customers"),
                1,
                "customer",
                "created",
                TIME,
                Change.Outcome.UNKNOWN,
                Change.Order.OBSERVED,
                Change.Guarantee.OUTCOME,
                new Image.Absent(),
                new Image.Unknown("timeout"),
                null,
                null,
                null,
                null,
                new RequestRecord("POST", "/customers", Map.of(), 10, DIGEST),
                null,
                null,
                null,
                null);
    }

    private static Change drifted() {
        Change change = of("drifted", known(BEFORE), known(AFTER));
        return copy(change, change.resource(), null, null, null, change.patch(), change.inverse());
    }

    private static Change reversed() {
        Change change = of("reversed", known(AFTER), known(BEFORE));
        return copy(change, change.resource(), "17", null, change.request(), change.patch(), change.inverse());
    }

    private static Change reversedCreate() {
        Change change = of("reversed", known(AFTER), absent());
        return copy(change, change.resource(), "16", null, change.request(), change.patch(), change.inverse());
    }

    /** The change with a cause and a reason; it cannot be taken back. */
    static Change with(Change change, @Nullable String causation, @Nullable String reason) {
        return copy(change, change.resource(), causation, reason, change.request(), change.patch(), null);
    }

    /** The change, when nobody knows whether its call was applied. */
    static Change unknown(Change change) {
        return new Change(
                change.position(),
                change.item(),
                change.revision(),
                change.resource(),
                change.action(),
                change.time(),
                Change.Outcome.UNKNOWN,
                change.order(),
                change.guarantee(),
                change.before(),
                change.after(),
                change.patch(),
                null,
                change.beforeDigest(),
                change.afterDigest(),
                change.request(),
                change.response(),
                change.traceparent(),
                change.causation(),
                change.reason());
    }

    /** The change of another kind of item. */
    static Change resource(Change change, String resource) {
        return copy(change, resource, null, null, change.request(), change.patch(), change.inverse());
    }

    /** The change of the same path in a scope. */
    static Change scoped(String scope, Change change) {
        return copy(
                change,
                new Item(change.item().source(), scope, change.item().subject()),
                change.resource(),
                null,
                null,
                change.request(),
                change.patch(),
                change.inverse());
    }

    private static Change copy(
            Change change,
            String resource,
            @Nullable String causation,
            @Nullable String reason,
            @Nullable RequestRecord request,
            @Nullable ArrayNode patch,
            @Nullable ArrayNode inverse) {
        return copy(change, change.item(), resource, causation, reason, request, patch, inverse);
    }

    private static Change copy(
            Change change,
            Item item,
            String resource,
            @Nullable String causation,
            @Nullable String reason,
            @Nullable RequestRecord request,
            @Nullable ArrayNode patch,
            @Nullable ArrayNode inverse) {
        return new Change(
                change.position(),
                item,
                change.revision(),
                resource,
                change.action(),
                change.time(),
                change.outcome(),
                change.order(),
                change.guarantee(),
                change.before(),
                change.after(),
                patch,
                inverse,
                change.beforeDigest(),
                change.afterDigest(),
                request,
                request == null ? null : change.response(),
                change.traceparent(),
                causation,
                reason);
    }
}
