package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.capture.CaptureOptions.After;
import io.eventful.edge.Fields;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Subjects;
import java.util.List;
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
        if (after == After.RESPONSE)
            return reply.or(() -> Expectation.derived(sent)).orElse(Content.unknown("no-representation"));
        Compared compared = isNamed(sent, item) ? Compared.WHOLE : compared(sent);
        boolean whole = reply.isPresent() && compared == Compared.WHOLE;
        Optional<Content> shown = whole ? reply : reply.filter(body -> isClean(body, sent.options()));
        // Where somebody overtook the call, what they wrote may be there instead of what the reply shows.
        if (whole && !sent.turn().isOvertaken()) return reply.get();
        if (sent.turn().isObserved()) {
            Optional<Content> derived = Expectation.derived(sent);
            return (compared == Compared.SHORT
                            ? derived.or(() -> shown.map(Content::partial))
                            : shown.or(() -> derived))
                    .orElse(Content.unknown("observed"));
        }
        // An item that was too large to be read on its way in is so on its way out.
        boolean large = sent.request().image() instanceof Image.Digested
                && sent.request().isTooLarge()
                && !Expectation.isForm(sent.request());
        if (large
                && sent.write().kind() == Write.Kind.PUT
                && Expectation.isWhole(sent.head().fields()))
            return sent.request().derived();
        Content seen = source.look(item, target, caller, sent.options()).content();
        if (isUsable(sent, seen, reply)) return seen;
        if (whole) return reply.get();
        Optional<Content> made =
                sent.write().kind() != Write.Kind.CREATE ? Optional.empty() : shown.map(Content::partial);
        return made.or(() -> Expectation.derived(sent)).orElse(seen.showsItem() ? Content.unknown("not-found") : seen);
    }

    /**
     * Whether what a GET shows is the item as the call has left it. That there is none is so after an action, or where
     * who overtook the call has deleted it; and no page of another type says more than what the reply shows of a new item.
     */
    private static boolean isUsable(Sent sent, Content seen, Optional<Content> reply) {
        return switch (seen.image()) {
            case Image.Absent absent ->
                sent.write().kind() == Write.Kind.ACTION
                        || sent.turn().isOvertaken() && sent.before().image() instanceof Image.Absent;
            case Image.Digested digested ->
                reply.isEmpty() || sent.write().kind() != Write.Kind.CREATE || seen.isTooLarge();
            case Image.Known known -> true;
            case Image.Unknown unknown -> false;
        };
    }

    /** The item after a call that has deleted it: who overtook the call may have made it again. */
    Content deleted(Sent sent, Item item, String target, Fields caller) throws InterruptedException {
        if (!sent.turn().isOvertaken() || !(sent.before().image() instanceof Image.Known last)) return Content.ABSENT;
        Content seen = source.look(item, target, caller, sent.options()).content();
        boolean again = seen.image() instanceof Image.Known now && Verdict.contains(now.json(), last.json());
        return again ? sent.before() : Content.ABSENT;
    }

    /** The item by a GET, also that there is none; where nobody can see it, what the reply says. */
    Content seen(Sent sent, Item item, String target, Fields caller) throws InterruptedException {
        Content seen = source.look(item, target, caller, sent.options()).content();
        if (seen.showsItem()) return seen;
        boolean whole = isNamed(sent, item) || compared(sent) == Compared.WHOLE;
        return whole || isClean(sent.reply(), sent.options())
                ? sent.reply()
                : Expectation.derived(sent).orElse(seen);
    }

    /**
     * Whether a reply that is not known to be the item has none of what is to be redacted: in an envelope the pointers do not
     * find it.
     */
    private static boolean isClean(Content reply, CaptureOptions options) {
        return !(reply.image() instanceof Image.Known known && Elsewhere.has(known.json(), options.redact()));
    }

    /** Whether a GET shows the item. */
    boolean isSeen(Sent sent, Item item, Fields caller) throws InterruptedException {
        String target = sent.plan().withScope(item.subject(), sent.head());
        return source.look(item, target, caller, sent.options()).content().image() instanceof Image.Known;
    }

    /** The raw paths that a field of a reply may mean. */
    List<String> paths(Sent sent, String field) {
        return source.paths(sent, field);
    }

    /**
     * The reply's body when it is the item: a JSON object that answers a write which may answer with the item, and that
     * does not say it is something else (RFC 9110 §6.4.2, §8.7). Where the route says that replies are the item, any JSON.
     */
    private Optional<Content> representation(Sent sent, Item item) {
        boolean told = sent.options().after() == After.RESPONSE;
        boolean may = switch (sent.write().kind()) {
            case PUT, PATCH -> told || sent.status() == 200 || sent.status() == 201;
            case CREATE -> told || sent.status() == 201;
            case ACTION -> told;
            case DELETE, BATCH, COLLECTION -> false;
        };
        boolean itself = paths(sent, "content-location").isEmpty() ? may : isNamed(sent, item);
        JsonNode json = sent.reply().json();
        return itself && json != null && (told || json.isObject()) ? Optional.of(sent.reply()) : Optional.empty();
    }

    /** Whether the reply says of itself that it is the item. */
    private boolean isNamed(Sent sent, Item item) {
        return paths(sent, "content-location").stream().map(Subjects::normalise).anyMatch(item.subject()::equals);
    }

    /** What is made of the reply to a create of which nobody knows the item. */
    static Content unnamed(Sent sent) {
        return compared(sent) == Compared.WHOLE ? sent.reply() : Content.unknown("no-id");
    }

    /** A reply that may be the item, beside what was sent. */
    private enum Compared {
        /** It has all members that the item must have. */
        WHOLE,
        /** It lacks some, at any depth, such as {@code {"ok":true}}. */
        SHORT,
        /** What was sent names no members: a form, a JSON Patch of an item that is not known, nothing. */
        UNTOLD
    }

    private static Compared compared(Sent sent) {
        if (sent.request().json() == null) return sent.request().isTooLarge() ? Compared.SHORT : Compared.UNTOLD;
        JsonNode told = Expectation.told(sent);
        if (sent.reply().json() == null || told == null || !MemberNames.areIn(told)) return Compared.UNTOLD;
        return MemberNames.contains(sent.reply().json(), told) ? Compared.WHOLE : Compared.SHORT;
    }
}
