package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.edge.Fields;
import io.eventful.event.Image;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a call should make of its item, by the semantics of its method and media type. */
final class Expectation {

    private Expectation() {}

    /**
     * The state to look for when no reply comes; null when the call does not tell, or when nobody knows where to look, as
     * for what a create has made. It is stored with the call, so there is none where a body may hold what is to be redacted
     * elsewhere than the item does.
     */
    static @Nullable Image expected(
            Write.Kind kind, Content before, Content request, Fields fields, CaptureOptions options) {
        return switch (kind) {
            case DELETE -> new Image.Absent();
            case CREATE, ACTION, BATCH, COLLECTION -> null;
            case PUT ->
                Optional.of(request)
                        .filter(body -> isWhole(fields) && body.showsItem() && !isWrapped(before, body, options))
                        .map(Content::image)
                        .orElse(null);
            case PATCH ->
                patched(before, request, fields, options)
                        .or(() -> guessed(before, request, fields, options))
                        .filter(made -> !isWrapped(before, made, options))
                        .map(Content::image)
                        .orElse(null);
        };
    }

    /**
     * What the reply to a call must have all members of, to be the item: what was sent, and after a PATCH of whatever type
     * also what the item had before. Null when the body of the call is no JSON. Never to be stored.
     */
    static @Nullable JsonNode told(Sent sent) {
        JsonNode request = sent.request().json();
        if (request == null || sent.write().kind() != Write.Kind.PATCH) return request;
        Content before = sent.before();
        Optional<Content> patched = patched(before, sent.request(), sent.head().fields(), sent.options());
        if (patched.isPresent()) return document(patched.get());
        if (Patched.isJsonPatch(request)) return null;
        JsonNode item = document(before);
        return item == null || !request.isObject() ? request : MergePatch.apply(item, request);
    }

    /** The state after a call that succeeded, when nobody shows it; marked as derived. */
    static Optional<Content> derived(Sent sent) {
        boolean chosen = sent.options().after() == CaptureOptions.After.REQUEST;
        if (!chosen && isForm(sent.request())) return Optional.empty();
        return (switch (sent.write().kind()) {
                    case PUT -> isWhole(sent.head().fields()) ? shown(sent.request()) : Optional.<Content>empty();
                    case PATCH ->
                        patched(sent.before(), sent.request(), sent.head().fields(), sent.options());
                    // Of a create, what was sent is the item only as far as its size and digest, or by choice.
                    case CREATE ->
                        chosen || sent.request().image() instanceof Image.Digested
                                ? shown(sent.request())
                                : Optional.<Content>empty();
                    case DELETE, ACTION, BATCH, COLLECTION -> Optional.<Content>empty();
                })
                .filter(made -> chosen || !isWrapped(sent.before(), made, sent.options()))
                .map(Content::derived);
    }

    /** Whether a document has what is to be redacted where neither the pointers look for it, nor the item before has it. */
    private static boolean isWrapped(Content before, Content made, CaptureOptions options) {
        JsonNode item = document(before);
        return made.image() instanceof Image.Known known
                && Elsewhere.has(known.json(), options.redact())
                && (item == null || !Elsewhere.has(item, options.redact()));
    }

    private static @Nullable JsonNode document(Content content) {
        if (content.json() != null) return content.json();
        return content.image() instanceof Image.Known known ? known.json() : null;
    }

    /** Whether what a PUT sends is all of the item, and not a part of it (RFC 9110 §14.5). */
    static boolean isWhole(Fields request) {
        return request.first("content-range").isEmpty();
    }

    /** Whether what was sent is the fields of a form, or files in it, of which the system makes the item. */
    static boolean isForm(Content request) {
        if (!(request.image() instanceof Image.Digested digested)) return false;
        String essence = Fields.essence(digested.mediaType());
        return essence.startsWith("multipart/") || essence.equals("application/x-www-form-urlencoded");
    }

    private static Optional<Content> shown(Content request) {
        return request.showsItem() ? Optional.of(request) : Optional.empty();
    }

    private static Optional<Content> patched(Content before, Content request, Fields fields, CaptureOptions options) {
        return switch (fields.mediaType()) {
            case "application/merge-patch+json" -> merged(before, request, options);
            case "application/json-patch+json" -> applied(before, request, options);
            default -> Optional.empty();
        };
    }

    private static Optional<Content> merged(Content before, Content request, CaptureOptions options) {
        return Optional.ofNullable(request.json()).flatMap(patch -> Patched.merged(before, patch, options));
    }

    private static Optional<Content> applied(Content before, Content request, CaptureOptions options) {
        return Optional.ofNullable(request.json()).flatMap(patch -> Patched.applied(before, patch, options));
    }

    /**
     * What a PATCH makes whose type does not say how: of a list of operations a JSON Patch, of an object a merge. A guess
     * that is only ever believed when the item is found to be exactly so. Where parts are redacted, nobody knows where the
     * system puts what the item does not have yet.
     */
    private static Optional<Content> guessed(Content before, Content request, Fields fields, CaptureOptions options) {
        JsonNode patch = request.json();
        if (patch == null || !isPlain(fields)) return Optional.empty();
        if (Patched.isJsonPatch(patch)) return Patched.applied(before, patch, options);
        boolean known = options.redact().isEmpty()
                || request.image() instanceof Image.Known kept && MemberNames.contains(document(before), kept.json());
        return patch.isObject() && known ? Patched.merged(before, patch, options) : Optional.empty();
    }

    private static boolean isPlain(Fields fields) {
        String essence = fields.mediaType();
        return essence.equals("application/json") || essence.isEmpty();
    }
}
