package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.capture.Waiting.StoreFailedException;
import io.eventful.edge.Fields;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Unnamed;
import io.eventful.ledger.CalledPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the ledger's last state of an item with what the REST system shows the gateway's own credential, while nobody
 * writes the item through the gateway; and appends a drift when told to.
 */
public final class Inspections {

    private final Tools tools;
    private final Supplier<CaptureTable> table;

    Inspections(Tools tools, Supplier<CaptureTable> table) {
        this.tools = tools;
        this.table = table;
    }

    /** Whether a difference becomes a change. */
    public enum Repair {
        NO,
        YES
    }

    /** What was found. */
    public enum Result {
        SAME,
        DIFFERENT,
        /** Different, and the ledger has the REST system's state now. */
        REPAIRED,
        /** Nobody could tell. */
        UNKNOWN
    }

    /**
     * A comparison.
     *
     * @param result of it
     * @param reason why nobody could tell, as a short code; empty otherwise
     * @param latest last change of the item in the ledger, a drift appended now included
     * @param upstream the item as the REST system has it; null when it has none, or nobody could tell
     */
    public record Found(
            Result result,
            String reason,
            @Nullable Change latest,
            @Nullable JsonNode upstream) {}

    /** Inspects an item. Blocks. */
    public Found inspect(Item item, Repair repair) throws InterruptedException {
        Optional<Change> known = tools.ledger().latest(item);
        Optional<CapturePlan> plan = table.get().plan(item);
        if (plan.isEmpty()
                || plan.get().template().item(item.subject()).isEmpty()
                || table.get().isCollection(plan.get(), item.subject())) return unknown("not-captured", known);
        // Without one, nobody knows whether a refusal speaks of the item or of us.
        if (!tools.source().hasCredential(plan.get().options().upstream())) return unknown("no-credential", known);
        Lanes.Place place = tools.lanes().queue(item);
        boolean held;
        try {
            held = place.await(plan.get().options().laneWait());
        } catch (InterruptedException e) {
            place.close();
            throw e;
        }
        if (!held) return unknown("being-written", known);
        try (Turn turn = Turn.at(place)) {
            return compare(item, plan.get(), repair);
        } catch (StoreFailedException e) {
            return unknown("ledger-failed", known);
        }
    }

    private Found compare(Item item, CapturePlan plan, Repair repair)
            throws InterruptedException, StoreFailedException {
        CaptureOptions options = plan.options();
        Optional<Change> latest = tools.ledger().latest(item);
        if (latest.isEmpty()) return unknown("not-in-ledger", latest);
        if (Unnamed.is(latest.get())) return unknown("no-id", latest);
        Content seen = tools.source()
                .look(item, target(item, plan, latest.get()), Fields.NONE, options)
                .content();
        if (!(seen.image() instanceof Image.Known || seen.image() instanceof Image.Absent))
            return unknown(seen.image() instanceof Image.Unknown(String reason) ? reason : "not-json", latest);
        JsonNode upstream = seen.image() instanceof Image.Known known ? known.json() : null;
        Change last = latest.get();
        if (Verdict.same(last.after(), seen.image())) return new Found(Result.SAME, "", last, upstream);
        if (repair == Repair.NO) return new Found(Result.DIFFERENT, "", last, upstream);
        return new Drift(tools)
                .append(last, options, seen)
                .map(drift -> new Found(Result.REPAIRED, "", drift, upstream))
                .orElseGet(() -> unknown("being-written", latest));
    }

    /** Where the item is seen: with the scope in the query when callers have it there. A drift is of no call. */
    private String target(Item item, CapturePlan plan, Change latest) {
        Optional<String> called = CalledPath.of(item, Stream.of(latest));
        if (item.scope().isEmpty() && called.isPresent()) return called.get();
        List<Change> changes = EarlierCalls.of(tools.ledger(), latest);
        String path = CalledPath.of(item, changes.stream()).orElse(item.subject());
        return plan.scopeParameter(item, changes)
                .map(parameter -> path + '?' + parameter)
                .orElse(path);
    }

    private static Found unknown(String reason, Optional<Change> latest) {
        return new Found(Result.UNKNOWN, reason, latest.orElse(null), null);
    }
}
