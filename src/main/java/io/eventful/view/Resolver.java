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
 * Determines the new state of an item from an event: from its state (ECS), or from its patch (ES) and the previous state.
 * If the previous revision is missing, because events were lost or reordered, the patch is not applied and the state is
 * read from the ledger.
 */
final class Resolver {

    private final History history;

    Resolver(History history) {
        this.history = history;
    }

    /**
     * The item after the change of the event; empty for an event without new information: a repeated patch, or a create
     * whose item is not known.
     *
     * @param origin data of the change in the ledger; null if it is not in this ledger
     * @param before the item in the view
     * @throws IllegalArgumentException if the event cannot be projected; the message says why and how to correct it
     */
    Optional<Projected> resolve(Event event, @Nullable Origin origin, Function<Item, Optional<Before>> before) {
        String subject = event.subject();
        if (subject == null) throw refused(event, "has no subject", "set it to the path of the item");
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

    /** Whether the origin belongs to the event: another gateway that publishes to the same channel has different positions. */
    private static boolean isOf(Origin origin, Event event, long revision) {
        return origin.revision() == revision && origin.item().source().equals(event.source());
    }

    /** Whether the subject is a collection, as in a create of unknown outcome. */
    private static boolean isOfNoItem(Event event) {
        return event.type().endsWith('.' + EventType.CREATED)
                && "unknown".equals(event.extensions().get("outcome"));
    }

    /** The current (or pending) state of an item in a view. */
    record Before(long revision, Kind kind, @Nullable JsonNode state) {}

    private record Found(Kind kind, @Nullable JsonNode state) {
        static final Found NOTHING = new Found(Kind.GONE, null);
        static final Found UNKNOWN = new Found(Kind.UNKNOWN, null);
    }

    /** The new state; null if the view has this or a later revision. */
    private @Nullable Found found(
            Event event,
            JsonNode data,
            Item item,
            long revision,
            @Nullable Origin origin,
            Function<Item, Optional<Before>> before) {
        String pattern = event.extensions().getOrDefault("pattern", "");
        if (pattern.equals("notification"))
            throw refused(
                    event,
                    "is a notification, which contains no state",
                    "render the change as event:state or event:change before the view: step");
        if (!data.isObject())
            throw refused(
                    event,
                    "has no JSON object in its data",
                    "send {\"state\": …} or {\"patch\": …} with datacontenttype application/json, as event:state and"
                            + " event:change do");
        if (data.has("state")) return state(event, data, revision, origin);
        if (data.has("patch")) return patched(event, data.get("patch"), item, revision, origin, before);
        throw refused(
                event,
                "contains neither state nor patch in its data",
                "use event:state or event:change, not one of their variants");
    }

    private Found state(Event event, JsonNode data, long revision, @Nullable Origin origin) {
        boolean gone = origin == null ? isGone(event, data) : origin.shows() == Origin.Shows.NOTHING;
        if (gone) return Found.NOTHING;
        JsonNode state = data.get("state");
        if (state != null && !state.isNull()) return new Found(Kind.PRESENT, state);
        // A claim check does not contain the state; it is read from the ledger.
        boolean kept = origin != null && origin.shows() == Origin.Shows.STATE;
        return kept ? reread(event, revision, origin) : Found.UNKNOWN;
    }

    /** By the event alone: a delete has the last known state, any other change that left no item has null for the whole. */
    private static boolean isGone(Event event, JsonNode data) {
        return event.type().endsWith('.' + EventType.DELETED)
                || data.path("action").asText("").equals(EventType.DELETED)
                || (data.path("state").isNull() && data.path("complete").asBoolean(false));
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
        // One of several events of this revision (option split); it does not contain the whole change.
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
                    // The previous state is not the base of the patch; the ledger has the state.
                    return reread(event, revision, origin);
                }
            }
        }
        return reread(event, revision, origin);
    }

    /** The state from the ledger. A foreign event is not in the ledger, so it is retried until its predecessor is projected. */
    private Found reread(Event event, long revision, @Nullable Origin origin) {
        if (origin == null)
            throw refused(
                    event,
                    "is a patch of revision " + revision + ", but the view does not have the previous revision",
                    "redeliver the earlier events first, or send event:state");
        Image after =
                history.revision(origin.item(), revision).map(Change::after).orElse(new Image.Unknown("not-in-ledger"));
        return switch (after) {
            case Image.Known known -> new Found(Kind.PRESENT, known.json());
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
                    "set the extension attribute revision; a view keeps the highest revision of an item");
        return Long.parseLong(text);
    }

    private static IllegalArgumentException refused(Event event, String what, String remedy) {
        return new IllegalArgumentException("event " + event.id() + " (" + event.type() + ") " + what + "; " + remedy);
    }
}
