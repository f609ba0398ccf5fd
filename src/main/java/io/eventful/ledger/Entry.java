package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.JsonPatch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A change that lacks only its position and revision. All that costs time (digests, patches, text) is done here, on
 * the caller's thread, so that the writer has nothing but rows to write.
 *
 * @param change the change, with position and revision 0
 * @param head what is kept as one document
 * @param patch text of the patch; null also where it is not kept
 * @param inverse text of the inverse; null also where it is not kept
 * @param before JSON of the item before
 * @param after JSON of the item after
 */
record Entry(
        Change change,
        byte[] head,
        byte @Nullable [] patch,
        byte @Nullable [] inverse,
        byte @Nullable [] before,
        byte @Nullable [] after) {

    static Entry of(IntentDraft draft, Settlement.Applied applied, Instant time) {
        Redacted images = Redacted.of(applied.reason(), applied.before(), applied.after());
        JsonNode before = Images.document(images.before());
        JsonNode after = Images.document(images.after());
        boolean patchable = before != null && after != null;
        // A received webhook tells of a change that its sender made: the gateway cannot reverse it.
        boolean reversible = patchable
                && applied.outcome() == Change.Outcome.CONFIRMED
                && !images.isEither()
                && !EventType.RECEIVED.equals(applied.action());
        ArrayNode patch = before == null || after == null ? null : JsonPatch.diff(before, after);
        ArrayNode inverse = !reversible || before == null || after == null ? null : JsonPatch.inverse(before, after);
        Change change = new Change(
                0,
                applied.item(),
                0,
                applied.resource() == null ? draft.resource() : applied.resource(),
                applied.action(),
                time.truncatedTo(ChronoUnit.MICROS),
                applied.outcome(),
                applied.order(),
                draft.guarantee(),
                images.before(),
                images.after(),
                patch,
                inverse,
                Images.digest(images.before()),
                Images.digest(images.after()),
                applied.request() == null ? draft.request() : applied.request(),
                applied.response(),
                draft.traceparent(),
                draft.causation(),
                reason(applied));
        return of(change);
    }

    /** A change without one of its images cannot be taken back, and says why. */
    private static @Nullable String reason(Settlement.Applied applied) {
        if (applied.reason() != null) return applied.reason();
        String after = Images.missing(applied.after());
        return after == null ? Images.missing(applied.before()) : after;
    }

    /** The entry of a change whose patches are made already: they are taken as they are. */
    static Entry of(Change change) {
        ArrayNode patch = change.patch();
        ArrayNode inverse = change.inverse();
        ObjectNode head = JsonNodeFactory.instance.objectNode();
        // Of a create or a delete both patches repeat the whole item: they are made again when the change is read.
        boolean whole = patch != null && Wholes.are(change.before(), change.after());
        if (whole) Wholes.note(head, inverse == null ? Wholes.ONE_WAY : Wholes.BOTH_WAYS);
        describe(change, head);
        return new Entry(
                change,
                Json.bytes(head),
                patch == null || whole ? null : Json.bytes(patch),
                inverse == null || whole ? null : Json.bytes(inverse),
                Images.bytes(change.before()),
                Images.bytes(change.after()));
    }

    private static void describe(Change change, ObjectNode json) {
        json.put("order", Heads.code(change.order()));
        json.put("guarantee", Heads.code(change.guarantee()));
        json.set("before", Images.describe(change.before()));
        json.set("after", Images.describe(change.after()));
        Heads.put(json, "beforeDigest", change.beforeDigest());
        Heads.put(json, "afterDigest", change.afterDigest());
        if (change.request() != null) json.set("request", Heads.request(change.request()));
        if (change.response() != null) json.set("response", Heads.response(change.response()));
        Heads.put(json, "traceparent", change.traceparent());
        Heads.put(json, "causation", change.causation());
        Heads.put(json, "reason", change.reason());
    }

    /** Bytes that the row takes. */
    int size() {
        return head.length + length(patch) + length(inverse) + length(before) + length(after);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    Item item() {
        return change.item();
    }

    /** The digest by which a later change may say that its before-image is this after-image; null when none is kept. */
    @Nullable
    String keptDigest() {
        return change.after() instanceof Image.Known ? change.afterDigest() : null;
    }

    /** Whether the before-image is the one that was kept with this digest. */
    boolean beforeIs(@Nullable String digest) {
        return digest != null && change.before() instanceof Image.Known && digest.equals(change.beforeDigest());
    }

    Change at(long position, long revision) {
        return new Change(
                position,
                change.item(),
                revision,
                change.resource(),
                change.action(),
                change.time(),
                change.outcome(),
                change.order(),
                change.guarantee(),
                change.before(),
                change.after(),
                change.patch(),
                change.inverse(),
                change.beforeDigest(),
                change.afterDigest(),
                change.request(),
                change.response(),
                change.traceparent(),
                change.causation(),
                change.reason());
    }
}
