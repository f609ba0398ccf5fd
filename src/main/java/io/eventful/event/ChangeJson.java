package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a change in the admin API and in Simple expressions. {@code before} and {@code after} are the item
 * itself, null if it did not exist or is not known; {@code images} distinguishes the two.
 */
public final class ChangeJson {

    private ChangeJson() {}

    /** The change as compact JSON. */
    public static byte[] bytes(Change change) {
        return Json.bytes(tree(change));
    }

    /** The change as a tree; it shares nodes with the change and must not be modified. */
    public static ObjectNode tree(Change change) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("position", number(change.position()));
        json.put("source", change.item().source());
        if (!change.item().scope().isEmpty()) json.put("scope", change.item().scope());
        json.put("subject", change.item().subject());
        json.set("revision", number(change.revision()));
        json.put("resource", change.resource());
        json.put("action", change.action());
        json.put("type", EventType.of(change));
        json.put("time", change.time().toString());
        json.put("outcome", word(change.outcome()));
        json.put("order", word(change.order()));
        json.put("guarantee", word(change.guarantee()));
        json.set("request", request(change.request()));
        json.set("response", response(change.response()));
        json.set("before", item(change.before()));
        json.set("after", item(change.after()));
        ObjectNode images = json.putObject("images");
        images.set("before", image(change.before()));
        images.set("after", image(change.after()));
        json.set("patch", orNull(change.patch()));
        json.set("inverse", orNull(change.inverse()));
        json.put("reversible", change.reversible());
        json.put("beforeDigest", change.beforeDigest());
        json.put("afterDigest", change.afterDigest());
        if (change.traceparent() != null) json.put("traceparent", change.traceparent());
        if (change.causation() != null) json.put("causationid", change.causation());
        if (change.reason() != null) json.put("reason", change.reason());
        return json;
    }

    /** The external name of a constant: its Java name in lower case. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static JsonNode item(Image image) {
        return image instanceof Image.Known known ? known.json() : NullNode.instance;
    }

    private static ObjectNode image(Image image) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return switch (image) {
            case Image.Known known -> {
                json.put("status", "known");
                // Said only where it is so.
                yield known.isRedacted() ? json.put("redacted", true) : json;
            }
            case Image.Absent absent -> json.put("status", "absent");
            case Image.Unknown unknown -> json.put("status", "unknown").put("reason", unknown.reason());
            case Image.Digested digested -> {
                json.put("status", "digested").set("size", number(digested.size()));
                yield json.put("digest", digested.digest())
                        .put("mediaType", digested.mediaType())
                        .put("reason", digested.reason());
            }
        };
    }

    private static JsonNode request(@Nullable RequestRecord request) {
        if (request == null) return NullNode.instance;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("method", request.method()).put("target", request.target());
        json.set("headers", headers(request.headers()));
        json.set("size", number(request.size()));
        return json.put("digest", request.digest());
    }

    private static JsonNode response(@Nullable ResponseRecord response) {
        if (response == null) return NullNode.instance;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("status", number(response.status()));
        json.set("headers", headers(response.headers()));
        json.set("size", number(response.size()));
        return json.put("digest", response.digest());
    }

    private static ObjectNode headers(Map<String, List<String>> headers) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        headers.forEach((name, values) -> {
            ArrayNode lines = json.putArray(name);
            values.forEach(lines::add);
        });
        return json;
    }

    private static JsonNode number(long value) {
        return new RawNumber(Long.toString(value));
    }

    private static JsonNode orNull(@Nullable JsonNode json) {
        return json == null ? NullNode.instance : json;
    }
}
