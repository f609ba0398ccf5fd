package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a body.
 *
 * @param json the whole document, nothing taken out; null when the body is no JSON, or was not read whole. It must not
 *     reach the ledger, the log or an event
 * @param image what may be kept of it
 * @param note why the image is not the whole item, as a short code; empty when it is
 */
record Content(@Nullable JsonNode json, Image image, String note) {

    /** Parts of the document were taken out by the route's {@code redact}. */
    static final String REDACTED = "redacted";

    /** The image was made of the request: members that the REST system sets itself are missing. */
    static final String DERIVED = "request-derived";

    /** The image is a reply that lacks members which were sent. */
    static final String SHORT = "partial-reply";

    /** There is no item. */
    static final Content ABSENT = new Content(null, new Image.Absent(), "");

    static Content of(Image image) {
        return new Content(null, image, "");
    }

    /**
     * A document without what is to be redacted.
     *
     * @param json the whole document
     */
    static Content of(JsonNode json, Redaction redaction) {
        return redaction.removed()
                ? new Content(json, new Image.Known(redaction.json(), Image.Extent.REDACTED), REDACTED)
                : new Content(json, new Image.Known(redaction.json()), "");
    }

    /** The item that a change has left, as the ledger has it. */
    static Content left(Change change) {
        return new Content(null, change.after(), note(change));
    }

    /** Of an item that is gone nothing is missing. */
    private static String note(Change change) {
        String reason = change.reason();
        if (change.after().isRedacted()) return REDACTED;
        boolean partial = isPartial(reason) && !(change.after() instanceof Image.Absent);
        return partial && reason != null ? reason : "";
    }

    static Content unknown(String reason) {
        return of(new Image.Unknown(reason));
    }

    /** The same, as an image that was made of the request. */
    Content derived() {
        return new Content(json, image, note.isEmpty() ? DERIVED : note);
    }

    /** The same, as an image that is known to lack members. */
    Content partial() {
        return new Content(json, image, note.isEmpty() ? SHORT : note);
    }

    /** Whether a change with this reason tells only what was seen of its item: there may be more. */
    static boolean isPartial(@Nullable String reason) {
        return DERIVED.equals(reason) || SHORT.equals(reason);
    }

    /** True when the body was too large to be read. */
    boolean isTooLarge() {
        return switch (image) {
            case Image.Digested digested -> digested.reason().equals(Documents.TOO_LARGE);
            case Image.Unknown(String reason) -> reason.equals(Documents.TOO_LARGE);
            case Image.Known known -> false;
            case Image.Absent absent -> false;
        };
    }

    /** True when it is a document that was read, and not one that the ledger has. */
    boolean isSeen() {
        return json != null;
    }

    /** True when it shows the item, or that there is none. */
    boolean showsItem() {
        return !(image instanceof Image.Unknown);
    }
}
