package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.eventful.event.Image;
import io.eventful.event.Image.Absent;
import io.eventful.event.Image.Digested;
import io.eventful.event.Image.Extent;
import io.eventful.event.Image.Known;
import io.eventful.event.Image.Unknown;
import io.eventful.event.Json;
import org.jspecify.annotations.Nullable;

/** Images as the ledger keeps them: a small description, and the item's JSON apart from it. */
final class Images {

    private static final String KNOWN = "known";
    private static final String REDACTED = "redacted";
    private static final String ABSENT = "absent";

    private Images() {}

    static JsonNode describe(Image image) {
        return switch (image) {
            case Known known -> TextNode.valueOf(known.isRedacted() ? REDACTED : KNOWN);
            case Absent absent -> TextNode.valueOf(ABSENT);
            case Unknown unknown -> object().put("unknown", unknown.reason());
            case Digested digested ->
                object().put("digested", digested.reason())
                        .put("size", Long.toString(digested.size()))
                        .put("digest", digested.digest())
                        .put("mediaType", digested.mediaType());
        };
    }

    /** Whether a description is that of an item whose JSON is kept. */
    static boolean isKnown(JsonNode description) {
        return description.isTextual() && !description.textValue().equals(ABSENT);
    }

    static byte @Nullable [] bytes(Image image) {
        return image instanceof Known known ? Json.bytes(known.json()) : null;
    }

    static Image read(JsonNode description, byte @Nullable [] bytes) {
        if (description.isTextual()) {
            if (description.textValue().equals(ABSENT)) return new Absent();
            if (bytes == null) throw new IllegalStateException("the ledger lacks an image that it says it has");
            return known(description, Json.parse(bytes));
        }
        if (description.has("unknown"))
            return new Unknown(description.get("unknown").asText());
        return new Digested(
                Long.parseLong(description.path("size").asText()),
                description.path("digest").asText(),
                description.path("mediaType").asText(),
                description.path("digested").asText());
    }

    /** The item of a description that says that its JSON is kept. */
    static Known known(JsonNode description, JsonNode json) {
        return new Known(json, description.asText().equals(REDACTED) ? Extent.REDACTED : Extent.WHOLE);
    }

    /** Digest of the canonical form, or of the bytes that are not kept; null for an item that is not there or not known. */
    static @Nullable String digest(Image image) {
        return switch (image) {
            case Known known -> Json.digest(known.json());
            case Digested digested -> digested.digest();
            case Absent absent -> null;
            case Unknown unknown -> null;
        };
    }

    /** The document that patches start from or lead to: {@code null} for a missing item; Java's null when not known. */
    static @Nullable JsonNode document(Image image) {
        return switch (image) {
            case Known known -> known.json();
            case Absent absent -> NullNode.instance;
            case Digested digested -> null;
            case Unknown unknown -> null;
        };
    }

    /** Why an item that is there, or may be, is not kept; null when it is kept, and when there is none. */
    static @Nullable String missing(Image image) {
        return switch (image) {
            case Known known -> null;
            case Absent absent -> null;
            case Digested digested -> digested.reason();
            case Unknown unknown -> unknown.reason();
        };
    }

    /** True when two images are known to show the same item. */
    static boolean same(Image before, Image after) {
        if (before instanceof Known left && after instanceof Known right) return Json.same(left.json(), right.json());
        if (before instanceof Digested left && after instanceof Digested right)
            return left.digest().equals(right.digest());
        return before instanceof Absent && after instanceof Absent;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
