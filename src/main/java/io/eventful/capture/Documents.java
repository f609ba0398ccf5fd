package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.edge.Body;
import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.event.Image;
import io.eventful.event.Json;
import io.eventful.event.Redaction;
import java.util.Collection;
import java.util.Optional;

/** Reads bodies: JSON as a tree and, without what is to be redacted, as an image; anything else by size and digest. */
final class Documents {

    /** Why a large body is no document: only size and digest of it are kept, if even these. */
    static final String TOO_LARGE = "too-large";

    private static final String NOT_JSON = "not-json";
    private static final String JSON_PATCH = "application/json-patch+json";

    private static final String PROBLEM = "application/problem+json";

    /** Small documents compress well; the ratio is not asked of them. */
    private static final int SMALL = 16_384;

    private final int ratio;

    /** @param ratio how many times larger than its compressed form a body may be */
    Documents(int ratio) {
        this.ratio = ratio;
    }

    /**
     * Reads a body.
     *
     * @param digest of the whole body, as far as it is known
     */
    Content read(Body body, Digest digest, Fields fields, CaptureOptions options) {
        String mediaType = fields.first("content-type").orElse("");
        return switch (body) {
            case Body.Whole(byte[] bytes) when bytes.length == 0 -> Content.unknown("no-body");
            case Body.Whole(byte[] bytes)
            when bytes.length > options.bodyLimit() -> unread(digest, mediaType, options, TOO_LARGE);
            case Body.Whole(byte[] bytes) when !fields.mayBeJsonItem() -> unread(digest, mediaType, options, NOT_JSON);
            case Body.Whole(byte[] bytes) -> read(bytes, digest, fields, options);
            case Body.Partial partial -> unread(digest, mediaType, options, TOO_LARGE);
        };
    }

    private Content read(byte[] bytes, Digest digest, Fields fields, CaptureOptions options) {
        String mediaType = fields.first("content-type").orElse("");
        int limit = (int) Math.min(options.bodyLimit(), Math.max(SMALL, (long) bytes.length * ratio));
        return switch (ContentCoding.decode(bytes, fields, limit)) {
            case ContentCoding.Decoded.Bytes(byte[] decoded) -> {
                Optional<JsonNode> json = Json.tryParse(decoded);
                yield json.isPresent() ? whole(json.get(), options) : unread(digest, mediaType, options, NOT_JSON);
            }
            case ContentCoding.Decoded.TooLarge() -> unread(digest, mediaType, options, TOO_LARGE);
            case ContentCoding.Decoded.Unreadable() -> unread(digest, mediaType, options, NOT_JSON);
        };
    }

    /** What may be kept of a body: of an item, or of several. A template of everything may find a list at a path. */
    private static Content whole(JsonNode json, CaptureOptions options) {
        boolean single = options.items() == null && !json.isArray();
        return single || options.redact().isEmpty()
                ? document(json, options)
                : document(json, Batch.redacted(json, options));
    }

    /** What may be kept of a body that was read under other options. */
    static Content again(Content read, CaptureOptions options) {
        JsonNode json = read.json();
        if (json != null) return whole(json, options);
        return read.image() instanceof Image.Digested digested
                ? unread(
                        new Digest(digested.size(), digested.digest()),
                        digested.mediaType(),
                        options,
                        digested.reason())
                : read;
    }

    /** What may be kept of an item. */
    static Content document(JsonNode json, CaptureOptions options) {
        return document(json, options.redact());
    }

    private static Content document(JsonNode json, Collection<String> redact) {
        if (redact.isEmpty()) return new Content(json, new Image.Known(json), "");
        Redaction redaction = Json.redact(json, redact);
        return Content.of(json, redaction);
    }

    /** What may be kept of a problem document, which is no item but may be a reply; empty when a body is none. */
    static Optional<Content> problem(Body body, Fields fields, CaptureOptions options) {
        boolean problem = fields.mediaType().equals(PROBLEM);
        return problem && body instanceof Body.Whole(byte[] bytes)
                ? Json.tryParse(bytes).map(json -> document(json, options))
                : Optional.empty();
    }

    /**
     * A digest would be one of the parts that are to be redacted too: whoever knows the rest of the body could try values
     * until it fits. A form has them by other names than pointers, so what is not JSON is no exception.
     */
    private static Content unread(Digest digest, String mediaType, CaptureOptions options, String reason) {
        return digest.digest().isEmpty() || !options.redact().isEmpty()
                ? Content.unknown(reason)
                : Content.of(new Image.Digested(digest.size(), digest.digest(), mediaType, reason));
    }

    /** The digest of a body that may be kept: where parts of it are redacted, of the document that remains, if it is one. */
    static Digest kept(Digest digest, Content content, Fields fields, CaptureOptions options) {
        if (options.redact().isEmpty() || digest.digest().isEmpty()) return digest;
        String mediaType = fields.first("content-type").orElse("");
        String kept = content.image() instanceof Image.Known rest && !isApart(rest.json(), mediaType, options)
                ? Json.digest(rest.json())
                : "";
        return new Digest(digest.size(), kept);
    }

    /** Whether a body may have its values elsewhere than the members of the item that they are for. */
    private static boolean isApart(JsonNode body, String mediaType, CaptureOptions options) {
        return Fields.essence(mediaType).equals(JSON_PATCH)
                || Patched.isJsonPatch(body)
                || Elsewhere.has(body, options.redact());
    }

    /** Size and digest of a body that was read whole; of another one only the size that its fields name. */
    static Digest digest(Body body, Fields fields) {
        return switch (body) {
            case Body.Whole(byte[] bytes) -> new Digest(bytes.length, bytes.length == 0 ? "" : Json.digest(bytes));
            case Body.Partial partial -> new Digest(fields.contentLength(), "");
        };
    }
}
