package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.eventful.event.Change;
import io.eventful.event.ChangeJson;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.RequestRecord;
import io.eventful.event.ResponseRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A change as one line of an export: what the admin API shows of it, which is all that the ledger keeps. */
final class ChangeLine {

    private ChangeLine() {}

    static JsonNode of(Change change) {
        return ChangeJson.tree(change);
    }

    /** The change of a line; fails with {@link IllegalArgumentException} or {@link DateTimeException} for what is none. */
    static Change read(JsonNode json) {
        String reason = Heads.text(json, "reason");
        Redacted images = Redacted.of(reason, image(json, "before"), image(json, "after"));
        return new Change(
                counted(json, "position"),
                new Item(text(json, "source"), json.path("scope").asText(""), text(json, "subject")),
                counted(json, "revision"),
                text(json, "resource"),
                text(json, "action"),
                Instant.parse(text(json, "time")),
                Heads.value(Change.Outcome.class, text(json, "outcome")),
                Heads.value(Change.Order.class, text(json, "order")),
                Heads.value(Change.Guarantee.class, text(json, "guarantee")),
                images.before(),
                images.after(),
                json.get("patch") instanceof ArrayNode patch ? patch : null,
                json.get("inverse") instanceof ArrayNode inverse ? inverse : null,
                Heads.text(json, "beforeDigest"),
                Heads.text(json, "afterDigest"),
                request(json.path("request")),
                response(json.path("response")),
                Heads.text(json, "traceparent"),
                Heads.text(json, "causationid"),
                reason);
    }

    private static Image image(JsonNode json, String side) {
        JsonNode described = json.path("images").path(side);
        return switch (text(described, "status")) {
            case "known" ->
                new Image.Known(
                        json.path(side),
                        described.path("redacted").asBoolean() ? Image.Extent.REDACTED : Image.Extent.WHOLE);
            case "absent" -> new Image.Absent();
            case "unknown" -> new Image.Unknown(text(described, "reason"));
            case "digested" ->
                new Image.Digested(
                        number(described, "size"),
                        text(described, "digest"),
                        described.path("mediaType").asText(""),
                        text(described, "reason"));
            default -> throw new IllegalArgumentException("images." + side + ".status is none that is known");
        };
    }

    private static @Nullable RequestRecord request(JsonNode json) {
        return json.isObject()
                ? new RequestRecord(
                        text(json, "method"),
                        text(json, "target"),
                        headers(json),
                        number(json, "size"),
                        json.path("digest").asText(""))
                : null;
    }

    private static @Nullable ResponseRecord response(JsonNode json) {
        return json.isObject()
                ? new ResponseRecord(
                        Math.toIntExact(number(json, "status")),
                        headers(json),
                        number(json, "size"),
                        json.path("digest").asText(""))
                : null;
    }

    private static Map<String, List<String>> headers(JsonNode json) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : json.path("headers").properties()) {
            List<String> values = new ArrayList<>();
            field.getValue().forEach(value -> values.add(value.asText()));
            headers.put(field.getKey(), List.copyOf(values));
        }
        return headers;
    }

    static String text(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null || !value.isTextual()) throw new IllegalArgumentException(name + " is missing, or no text");
        return value.textValue();
    }

    private static long counted(JsonNode json, String name) {
        long number = number(json, name);
        if (number < 1) throw new IllegalArgumentException(name + " must be 1 or more");
        return number;
    }

    static long number(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null || !value.isNumber()) throw new IllegalArgumentException(name + " is missing, or no number");
        return Long.parseLong(value.asText());
    }
}
