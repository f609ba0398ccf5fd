package io.eventful.capture;

import io.eventful.edge.Fields;
import io.eventful.event.Image;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a call should make of its item, by the semantics of its method and media type. */
final class Expectation {

    private Expectation() {}

    /**
     * The state to look for when no reply comes; null when the call does not tell, or when nobody knows where to look, as
     * for what a create has made. A plain JSON PATCH is read as a merge
     * here: a guess that is only ever believed when the item is found to be exactly so.
     */
    static @Nullable Image expected(
            Write.Kind kind, Content before, Content request, Fields fields, CaptureOptions options) {
        return switch (kind) {
            case DELETE -> new Image.Absent();
            case CREATE, ACTION, BATCH -> null;
            case PUT -> isWhole(fields) && request.showsItem() ? request.image() : null;
            case PATCH -> {
                Optional<Content> patched = patched(before, request, fields, options);
                if (patched.isEmpty() && isPlain(fields)) patched = merged(before, request, options);
                yield patched.map(Content::image).orElse(null);
            }
        };
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
                    case DELETE, ACTION, BATCH -> Optional.<Content>empty();
                })
                .map(Content::derived);
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

    private static boolean isPlain(Fields fields) {
        String essence = fields.mediaType();
        return essence.equals("application/json") || essence.isEmpty();
    }
}
