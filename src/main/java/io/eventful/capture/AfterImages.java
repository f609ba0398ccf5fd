package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.capture.CaptureOptions.After;
import io.eventful.edge.Fields;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Subjects;
import java.util.Map;
import java.util.Optional;

/** Finds the item as a call has left it: in the reply, else by a GET, else from what was sent. */
final class AfterImages {

    private final ImageSource source;

    AfterImages(ImageSource source) {
        this.source = source;
    }

    /**
     * The item after a call.
     *
     * @param item the item
     * @param target raw path of it
     * @param caller the caller's credentials
     */
    Content find(Sent sent, Item item, String target, Fields caller) throws InterruptedException {
        After after = sent.options().after();
        if (after == After.REQUEST) return Expectation.derived(sent).orElse(Content.unknown("not-derivable"));
        Optional<Content> reply = after == After.FETCH ? Optional.empty() : representation(sent, item);
        if (reply.isPresent() && (after == After.RESPONSE || showsAllThatWasSent(sent))) return reply.get();
        if (after == After.RESPONSE || sent.turn().isObserved())
            return reply.or(() -> Expectation.derived(sent))
                    .orElse(Content.unknown(sent.turn().isObserved() ? "observed" : "no-representation"));
        // An item that was too large to be read on its way in is so on its way out.
        boolean large = sent.request().image() instanceof Image.Digested digested
                && digested.reason().equals(Documents.TOO_LARGE);
        if (large && sent.write().kind() == Write.Kind.PUT)
            return sent.request().derived();
        Content seen = source.look(item, target, caller, sent.options()).content();
        boolean usable =
                seen.image() instanceof Image.Absent ? sent.write().kind() == Write.Kind.ACTION : seen.showsItem();
        if (usable) return seen;
        return Expectation.derived(sent).or(() -> reply).orElse(seen.showsItem() ? Content.unknown("not-found") : seen);
    }

    /** The item by a GET, also that there is none; where nobody can see it, what the reply says. */
    Content seen(Sent sent, Item item, String target, Fields caller) throws InterruptedException {
        Content seen = source.look(item, target, caller, sent.options()).content();
        return seen.showsItem() ? seen : sent.reply();
    }

    /**
     * The reply's body when it is the item: a JSON object that answers a write which may answer with the item, and that
     * does not say it is something else (RFC 9110 §6.4.2, §8.7).
     */
    private static Optional<Content> representation(Sent sent, Item item) {
        boolean may = switch (sent.write().kind()) {
            case PUT, PATCH -> sent.status() == 200 || sent.status() == 201;
            case CREATE -> sent.status() == 201;
            case DELETE, ACTION, BATCH -> false;
        };
        Optional<String> contentLocation = sent.fields()
                .first("content-location")
                .flatMap(location -> Locations.path(location, sent.head().target()))
                .map(Subjects::normalise);
        boolean itself = contentLocation.map(item.subject()::equals).orElse(may);
        JsonNode json = sent.reply().json();
        return itself && json != null && json.isObject() ? Optional.of(sent.reply()) : Optional.empty();
    }

    /** A reply that lacks members which were sent, such as {@code {"ok":true}}, is not the whole item. */
    private static boolean showsAllThatWasSent(Sent sent) {
        JsonNode request = sent.request().json();
        JsonNode reply = sent.reply().json();
        if (request == null || reply == null || !request.isObject()) return true;
        for (Map.Entry<String, JsonNode> member : request.properties())
            if (!member.getValue().isNull() && !reply.has(member.getKey())) return false;
        return true;
    }
}
