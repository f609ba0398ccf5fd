package io.eventful.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.eventful.event.Change;
import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.JsonPatch;
import io.eventful.event.PatchException;
import io.eventful.ledger.History;
import io.eventful.ledger.Origin;
import io.eventful.view.Projected.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes an item's state of an event: of its whole state (ECS), or of its patch (ES) and the state before it. A patch
 * whose predecessor is not there, because events were lost or came out of order, is not applied: the state is read
 * from the ledger then.
 */
final class Resolver {

    private final History history;

    Resolver(History history) {
        this.history = history;
    }

    /**
     * The item after the event's change; empty for an event that tells nothing new: a repeated patch, or a create whose
     * item is not known.
     *
     * @param origin what the ledger knows of the change; null when it is not in this ledger
     * @param before the item as the view has it
     * @throws IllegalArgumentException for an event that cannot be projected; the message says why, and what to do
     */
    Optional<Projected> resolve(Event event, @Nullable Origin origin, Function<Item, Optional<Before>> before) {
        String subject = event.subject();
        if (subject == null) throw refused(event, "has no subject", "give it the path of its item");
        long revision = revision(event);
        Origin own = origin != null && isOf(origin, event, revision) ? origin : null;
        String scope = own == null ? "" : own.item().scope();
        Item item = new Item(event.source(), scope, subject.startsWith("/") ? subject : '/' + subject);
        JsonNode data = EventJson.data(event).orElse(NullNode.instance);
        Found found = found(event, data, item, revision, own, before);
        if (found == null) return Optional.empty();
        if (found.kind() == Kind.UNKNOWN && isOfNoItem(event)) return Optional.empty();
        Instant time = event.time();
        if (time == null) time = own == null ? Instant.EPOCH : own.time();
        return Optional.of(new Projected(
                item,
                revision,
                event.position(),
                time,
                found.kind(),
                found.state(),
                own != null && found.kind() == Kind.PRESENT ? own.etag() : null));
    }

    /** Another gateway that publishes to the same destination has positions of its own. */
    private static boolean isOf(Origin origin, Event event, long revision) {
        return origin.revision() == revision && origin.item().source().equals(event.source());
    }

    /** A create of unknown outcome has its collection's path. */
    private static boolean isOfNoItem(Event event) {
        return event.type().endsWith('.' + EventType.CREATED)
                && "unknown".equals(event.extensions().get("outcome"));
    }

    /** A state that a view has, or is about to have. */
    record Before(long revision, Kind kind, @Nullable JsonNode state) {}

    private record Found(Kind kind, @Nullable JsonNode state) {
        static final Found NOTHING = new Found(Kind.GONE, null);
        static final Found UNKNOWN = new Found(Kind.UNKNOWN, null);
    }

    /** Null when the view has this revision, or a later one. */
    private @Nullable Found found(
            Event event,
            JsonNode data,
            Item item,
            long revision,
            @Nullable Origin origin,
            Function<Item, Optional<Before>> before) {
        String pattern = event.extensions().getOrDefault("pattern", "");
        if (pattern.equals("notification") || !data.isObject())
            throw refused(
                    event,
                    pattern.isEmpty() ? "has no JSON object as its data" : "is a notification, which tells no state",
                    "render the change as event:state or event:change before it goes to the view");
        if (data.has("state")) return state(event, data, revision, origin);
        if (data.has("patch")) return patched(event, data.get("patch"), item, revision, origin, before);
        throw refused(
                event,
                "has neither state nor patch in its data",
                "use event:state or event:change; variants of them have another shape");
    }

    private Found state(Event event, JsonNode data, long revision, @Nullable Origin origin) {
        boolean gone = origin == null
                ? event.type().endsWith('.' + EventType.DELETED)
                        || data.path("action").asText("").equals(EventType.DELETED)
                : origin.shows() == Origin.Shows.NOTHING;
        if (gone) return Found.NOTHING;
        JsonNode state = data.get("state");
        if (state != null && !state.isNull()) return new Found(Kind.PRESENT, state);
        // A claim check leaves the state where it is: in the ledger.
        boolean kept = origin != null && origin.shows() == Origin.Shows.STATE;
        return kept ? reread(event, revision, origin) : Found.UNKNOWN;
    }

    private @Nullable Found patched(
            Event event,
            JsonNode patch,
            Item item,
            long revision,
            @Nullable Origin origin,
            Function<Item, Optional<Before>> before) {
        Optional<Before> known = before.apply(item);
        if (known.isPresent() && known.get().revision() >= revision) return null;
        // One of several events of this revision: what the others tell is not in it.
        boolean whole = !event.extensions().containsKey("parts");
        if (patch.isArray() && whole) {
            JsonNode from = revision == 1 && known.isEmpty()
                    ? NullNode.instance
                    : known.filter(last -> last.revision() == revision - 1)
                            .map(Resolver::document)
                            .orElse(null);
            if (from != null) {
                try {
                    JsonNode state = JsonPatch.apply(patch, from);
                    return state.isNull() ? Found.NOTHING : new Found(Kind.PRESENT, state);
                } catch (PatchException e) {
                    // The state before is not the one that the patch was made for; the ledger knows.
                    return reread(event, revision, origin);
                }
            }
        }
        return reread(event, revision, origin);
    }

    /** The state by the ledger. An event of somebody else's cannot be read again: it is tried again until its predecessor is there. */
    private Found reread(Event event, long revision, @Nullable Origin origin) {
        if (origin == null)
            throw refused(
                    event,
                    "is a patch of revision " + revision + ", and the view does not have the revision before",
                    "redeliver the earlier events first, or send event:state");
        Image after =
                history.revision(origin.item(), revision).map(Change::after).orElse(new Image.Unknown("not-in-ledger"));
        return switch (after) {
            case Image.Known(JsonNode json) -> new Found(Kind.PRESENT, json);
            case Image.Absent absent -> Found.NOTHING;
            case Image.Digested digested -> Found.UNKNOWN;
            case Image.Unknown unknown -> Found.UNKNOWN;
        };
    }

    private static @Nullable JsonNode document(Before before) {
        return switch (before.kind()) {
            case PRESENT -> before.state();
            case GONE -> NullNode.instance;
            case UNKNOWN -> null;
        };
    }

    private static long revision(Event event) {
        String text = event.extensions().getOrDefault("revision", "");
        if (!text.matches("[0-9]{1,18}"))
            throw refused(
                    event,
                    "has no revision",
                    "a view keeps the highest revision of an item, so each event must say which it tells of");
        return Long.parseLong(text);
    }

    private static IllegalArgumentException refused(Event event, String what, String remedy) {
        return new IllegalArgumentException("event " + event.id() + " (" + event.type() + ") " + what + "; " + remedy);
    }
}
