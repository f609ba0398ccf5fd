package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Change;
import io.eventful.event.Image.Absent;
import io.eventful.event.Image.Known;
import io.eventful.event.Unnamed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans how changes are taken back. Reads block on the store; nothing is written. */
public final class Reversals {

    private static final int CREATED = 201;

    private final Ledger ledger;
    private final Recreation recreation;

    public Reversals(Ledger ledger, History history) {
        this.ledger = ledger;
        this.recreation = new Recreation(ledger, history);
    }

    /** The plan as of now; another change may overtake it, so whoever applies it asks again in the item's lane. */
    public ReversalPlan plan(Change change) {
        String obstacle = obstacle(change);
        if (obstacle != null) return new ReversalPlan.Impossible(obstacle);
        Change latest = ledger.latest(change.item()).orElse(change);
        if (!stillThere(change, latest)) return new ReversalPlan.MovedOn(latest);
        String path = CalledPath.of(change.item(), Stream.of(latest, change))
                .orElse(change.item().subject());
        String tag = strongTag(latest);
        JsonNode before = change.before() instanceof Known known ? known.json() : null;
        if (before == null) return new ReversalPlan.Possible(change, "DELETE", path, null, tag);
        if (change.after() instanceof Known) return new ReversalPlan.Possible(change, "PUT", path, before, tag);
        // An item that was made again as another one still looks deleted.
        Optional<MadeAgain> made = recreation.elsewhere(change).or(() -> recreation.elsewhere(latest));
        return made.isPresent() ? new ReversalPlan.TakenBack(made.get()) : recreation.plan(change, before, path);
    }

    /** Why there is no way back; null when there is one. */
    private static @Nullable String obstacle(Change change) {
        // Its path is that of all items of the collection.
        if (Unnamed.is(change) && change.outcome() == Change.Outcome.CONFIRMED)
            return "nobody has named the item that was made";
        if (change.reversible()) return null;
        if (change.outcome() == Change.Outcome.UNKNOWN) return "it is not known whether the change was applied";
        String before = Images.missing(change.before());
        if (before != null) return "the item before the change is not stored: " + before;
        String after = Images.missing(change.after());
        if (after != null) return "the item after the change is not stored: " + after;
        return "some members of the item are not stored" + (change.reason() == null ? "" : ": " + change.reason());
    }

    /** Later changes do no harm when they led back to the same item. */
    private static boolean stillThere(Change change, Change latest) {
        if (latest.position() == change.position()) return true;
        if (latest.outcome() == Change.Outcome.UNKNOWN) return false;
        if (change.after() instanceof Absent) return latest.after() instanceof Absent;
        // A redacted item has more than it shows, which the call would take away.
        return latest.after() instanceof Known
                && !latest.after().isRedacted()
                && change.afterDigest() != null
                && change.afterDigest().equals(latest.afterDigest());
    }

    /** RFC 9110 section 8.8.3: what the reply to a PUT, a PATCH or a creation tags is the item as it is now. */
    private static @Nullable String strongTag(Change latest) {
        if (latest.response() == null || latest.request() == null) return null;
        String method = latest.request().method();
        boolean tagsItem = method.equals("PUT")
                || method.equals("PATCH")
                || (method.equals("POST") && latest.response().status() == CREATED);
        if (!tagsItem) return null;
        List<String> tags = latest.response().headers().getOrDefault("etag", List.of());
        return tags.size() == 1 && tags.getFirst().startsWith("\"") ? tags.getFirst() : null;
    }
}
