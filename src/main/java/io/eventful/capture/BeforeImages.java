package io.eventful.capture;

import io.eventful.capture.CaptureOptions.After;
import io.eventful.capture.CaptureOptions.Before;
import io.eventful.edge.Fields;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Unnamed;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Settlement;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Finds the item as it is before a call: the ledger's last state, else by a GET. A GET that shows another state than the
 * ledger's means that somebody wrote behind the gateway: that becomes a change of its own, a drift.
 */
final class BeforeImages {

    /**
     * Reason of the change that tells what became of a call of unknown outcome, when a GET has shown it (an operator
     * tells {@code resolved:confirmed}).
     */
    private static final String SEEN = "resolved:seen";

    /** A collection has no state of its own: what is seen there are items, of which another route says what may be kept. */
    static final Content COLLECTION = Content.unknown("collection");

    private final Ledger ledger;
    private final ImageSource source;
    private final Clock clock;
    private final Waiting waiting;

    BeforeImages(Ledger ledger, ImageSource source, Clock clock, Waiting waiting) {
        this.ledger = ledger;
        this.source = source;
        this.clock = clock;
        this.waiting = waiting;
    }

    /**
     * The item before a call.
     *
     * @param request fields of the call
     */
    Content find(CapturePlan plan, Write write, Item item, Turn turn, Fields request)
            throws InterruptedException, Waiting.StoreFailedException {
        CaptureOptions options = plan.options();
        if (write.kind() == Write.Kind.CREATE) return Content.ABSENT;
        if (write.kind() == Write.Kind.BATCH) return Content.unknown("batch");
        if (write.kind() == Write.Kind.COLLECTION) return COLLECTION;
        if (options.before() == Before.NONE) return Content.unknown("before-none");
        Optional<Change> last = ledger.latest(item).filter(change -> !Unnamed.is(change));
        Optional<Change> latest = last.filter(BeforeImages::showsItem);
        if (turn.isObserved()) return latest.map(BeforeImages::content).orElse(Content.unknown("observed"));
        if (options.before() == Before.LEDGER
                && latest.filter(known -> isTrusted(known, write, request, options))
                        .isPresent()) return content(latest.get());

        Content seen = source.look(item, write.target(), ImageSource.credentials(request), options)
                .content();
        if (last.isPresent() && isNews(last.get(), seen)) tell(last.get(), plan, write, item, seen, turn);
        if (latest.isEmpty()) return seen;
        if (Drift.isAnother(latest.get(), seen)) drift(latest.get(), plan, write, item, seen, turn);
        else if (!seen.showsItem()) return content(latest.get());
        return seen;
    }

    /**
     * Whether a GET shows what became of a call whose outcome is unknown in the ledger. An item that is as it was
     * before that call tells nothing new: the call had no effect.
     */
    private static boolean isNews(Change last, Content seen) {
        return last.outcome() == Change.Outcome.UNKNOWN
                && seen.showsItem()
                && !Verdict.same(last.before(), seen.image())
                && !Verdict.same(last.after(), seen.image());
    }

    /** The item as the ledger has it last. Where it never was, nothing is known of it. */
    Content last(Item item) {
        return ledger.latest(item)
                .filter(BeforeImages::showsItem)
                .map(BeforeImages::content)
                .orElse(Content.unknown("not-in-ledger"));
    }

    /**
     * The item as the ledger has it last, unless it was written after a call began: then its state at that time is not
     * known.
     */
    Content lastBefore(Item item, Instant begun) {
        return ledger.latest(item)
                .filter(BeforeImages::showsItem)
                .filter(change -> !change.time().isAfter(begun))
                .map(BeforeImages::content)
                .orElse(Content.unknown("not-in-ledger"));
    }

    private static boolean showsItem(Change change) {
        boolean shown = change.after() instanceof Image.Known || change.after() instanceof Image.Absent;
        return shown && change.outcome() == Change.Outcome.CONFIRMED && !Unnamed.is(change);
    }

    /** Whether the ledger's state may be taken without a look at the REST system. */
    private static boolean isTrusted(Change last, Write write, Fields request, CaptureOptions options) {
        // Only a PUT makes sense on an item that is gone. Any other write hints that it was created again behind the
        // gateway.
        if (last.after() instanceof Image.Absent && write.kind() != Write.Kind.PUT) return false;
        if (Content.isPartial(last.reason()) && options.after() != After.REQUEST) return false;
        Optional<String> condition = request.first("if-match").map(String::strip);
        Optional<String> etag = etag(last);
        // Another tag in If-Match means that the caller has seen another state than the ledger: a GET tells which one
        // is true.
        return condition.isEmpty()
                || condition.get().equals("*")
                || condition.equals(etag)
                || Preconditions.isOwn(condition.get());
    }

    private static Optional<String> etag(Change change) {
        if (change.response() == null) return Optional.empty();
        return Optional.ofNullable(change.response().headers().get("etag")).map(values -> values.getFirst());
    }

    private static Content content(Change change) {
        return Content.left(change);
    }

    /** The drift stands before the change of this call. */
    private void drift(Change last, CapturePlan plan, Write write, Item item, Content seen, Turn turn)
            throws InterruptedException, Waiting.StoreFailedException {
        append(last, EventType.DRIFTED, last.after(), plan, write, item, seen, turn, null, Drift.reason(last, seen));
    }

    /**
     * Appends what became of the call of unknown outcome, before the change of this call. Otherwise a repeat of that
     * call, which finds its work done, would change nothing, and no event would ever have the state.
     */
    private void tell(Change unknown, CapturePlan plan, Write write, Item item, Content seen, Turn turn)
            throws InterruptedException, Waiting.StoreFailedException {
        String action = seen.image() instanceof Image.Absent
                ? EventType.DELETED
                : unknown.before() instanceof Image.Absent ? EventType.CREATED : EventType.UPDATED;
        String cause = Long.toString(unknown.position());
        boolean known = unknown.before() instanceof Image.Known || unknown.before() instanceof Image.Absent;
        Image before = known ? unknown.before() : unknown.after();
        append(
                unknown,
                action,
                before,
                plan,
                write,
                item,
                seen,
                turn,
                cause,
                seen.note().isEmpty() ? SEEN : seen.note());
    }

    /** Waits until it is durable. Who holds no lane may have written since the item was seen: then that is told. */
    private void append(
            Change last,
            String action,
            Image before,
            CapturePlan plan,
            Write write,
            Item item,
            Content seen,
            Turn turn,
            @Nullable String causation,
            @Nullable String reason)
            throws InterruptedException, Waiting.StoreFailedException {
        IntentDraft draft = new IntentDraft(
                item,
                write.resource(),
                action,
                clock.instant(),
                plan.options().upstream(),
                before,
                null,
                null,
                Change.Order.LANE,
                plan.options().guarantee(),
                null,
                causation);
        Settlement.Applied applied = new Settlement.Applied(
                Change.Outcome.CONFIRMED, item, action, before, seen.image(), Change.Order.LANE, null, reason);
        CompletableFuture<Optional<Change>> pending = ledger.appendAfter(last, draft, applied);
        try {
            waiting.store(pending);
        } catch (Waiting.StoreFailedException | InterruptedException e) {
            // Its images are in memory until the ledger takes it, or refuses.
            Turn held = turn.besides(HeldBytes.of(before) + HeldBytes.of(seen.image()));
            pending.whenComplete((change, failure) -> held.close());
            throw e;
        }
    }
}
