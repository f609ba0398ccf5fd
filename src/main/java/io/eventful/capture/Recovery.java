package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Unnamed;
import io.eventful.ledger.Intent;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles the intents that an earlier run left open, so many items at a time: on each item the oldest first, its lane
 * held until its last one is settled. Only numbers are held in memory, so it does not matter how many there are.
 */
final class Recovery {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    private static final int PAGE = 500;

    private final Ledger ledger;
    private final Lanes lanes;
    private final Settler settler;
    private final Inquiry inquiry;
    private final Pauses pauses;
    private final Precedence precedence;
    private final Clock clock;
    private final Duration settleDelay;

    /** All calls of an item are in the same one. */
    private final List<Queue<Open>> shares = new ArrayList<>();

    /**
     * An open call.
     *
     * @param madeAgain the deleted item that it was to make again, as another one; null for all other calls, which are many
     * @param oldStateSeen when its item was seen as it was before; null when it was not
     */
    private record Open(
            long intent, @Nullable Item madeAgain, @Nullable Instant oldStateSeen) {

        /** Whose lane it holds. Of another create nobody knows the item yet that another call could write. */
        Optional<Item> lane(IntentDraft draft) {
            if (madeAgain != null) return Optional.of(madeAgain);
            return Unnamed.isMade(draft.action(), draft.request()) ? Optional.empty() : Optional.of(draft.item());
        }
    }

    /** @param precedence over the relays, of what is at work: callers wait for what is open */
    Recovery(Tools tools, Pauses pauses, Precedence precedence, CaptureSettings settings) {
        this.precedence = precedence;
        this.ledger = tools.ledger();
        this.lanes = tools.lanes();
        this.pauses = pauses.of(tools.undertakings()).telling(precedence::leave, precedence::enter);
        this.settler = tools.settler().with(this.pauses);
        this.inquiry = tools.inquiry().with(this.pauses);
        this.clock = tools.clock();
        this.settleDelay = settings.settleDelay();
        for (int share = 0; share < settings.settleConcurrency(); share++) shares.add(new ArrayDeque<>());
    }

    /** Finds the open intents and takes their items' lanes, before the first call of this run can. */
    void prepare() {
        int intents = 0;
        long after = 0;
        for (List<Intent> page = page(after); !page.isEmpty(); page = page(after)) {
            for (Intent intent : page) {
                IntentDraft draft = intent.draft();
                Open open = new Open(intent.id(), madeAgain(draft), null);
                Optional<Item> lane = open.lane(draft);
                lane.ifPresent(lanes::reserve);
                int share = lane.map(Item::hashCode).orElse(Long.hashCode(intent.id()));
                shares.get(Math.floorMod(share, shares.size())).add(open);
                after = intent.id();
            }
            intents += page.size();
        }
        if (intents > 0) log.info("capture.intents-left-open intents={}", intents);
    }

    private List<Intent> page(long after) {
        return ledger.openIntents(after, PAGE);
    }

    /** A delete must not be taken back once more before it is known what became of the call that did. */
    private @Nullable Item madeAgain(IntentDraft draft) {
        OptionalLong deletion = draft.takesBack();
        return deletion.isEmpty() || !Unnamed.isMade(draft.action(), draft.request())
                ? null
                : ledger.at(deletion.getAsLong()).map(Change::item).orElse(null);
    }

    /**
     * Begins to settle, now that it is known how the items are captured. Called once, a settle delay after the start at
     * least: so long ago the calls were sent.
     */
    void begin(Supplier<CaptureTable> table) {
        AtomicInteger busy = new AtomicInteger(shares.size());
        for (Queue<Open> share : shares)
            settler.run(Turn.observed(), () -> {
                precedence.enter();
                try {
                    settle(share, table);
                } finally {
                    precedence.leave();
                }
                if (busy.decrementAndGet() == 0) lanes.releaseAll();
            });
    }

    private void settle(Queue<Open> share, Supplier<CaptureTable> table) throws InterruptedException {
        Set<Item> lookedAtAgain = new HashSet<>();
        for (Open open = share.poll(); open != null; open = share.poll()) {
            long id = open.intent();
            Optional<Intent> intent = settler.patiently(() -> ledger.openIntents(id - 1, 1).stream()
                    .filter(found -> found.id() == id)
                    .findFirst());
            if (intent.isEmpty()) continue;
            Item item = intent.get().draft().item();
            boolean first = open.oldStateSeen() == null;
            // A later call of an item that is to be looked at again stays behind it.
            if (first && lookedAtAgain.contains(item)) share.add(open);
            else if (settle(intent.get(), open, table.get())) {
                if (!first) lookedAtAgain.remove(item);
            } else {
                lookedAtAgain.add(item);
                share.add(new Open(id, open.madeAgain(), clock.instant()));
            }
        }
    }

    /** False when the item was seen as before the call for the first time. */
    private boolean settle(Intent intent, Open open, CaptureTable table) throws InterruptedException {
        Instant seen = open.oldStateSeen();
        if (seen != null) {
            Duration rest = rest(seen);
            if (rest.isPositive()) pauses.pause(rest);
        }
        try {
            Optional<Settlement> settlement = ask(intent, open, table);
            if (settlement.isEmpty()) return false;
            settler.keep(new Journal.Intended(ledger, intent), settlement.get());
        } catch (RuntimeException e) {
            log.error("capture.not-settled then=\"the intent stays open until the next start\"", e);
        }
        open.lane(intent.draft()).ifPresent(lanes::release);
        return true;
    }

    /** Until the second look; never more than the whole delay, also when the clock was set back meanwhile. */
    private Duration rest(Instant seen) {
        Duration rest = Duration.between(clock.instant(), seen.plus(settleDelay));
        return rest.compareTo(settleDelay) > 0 ? settleDelay : rest;
    }

    private Optional<Settlement> ask(Intent intent, Open open, CaptureTable table) throws InterruptedException {
        IntentDraft draft = intent.draft();
        Optional<CapturePlan> plan = table.plan(draft);
        // Without the route's options nobody knows what must be redacted.
        if (plan.isEmpty() || draft.request() == null) return Optional.of(unroutable(draft));
        boolean collection = table.isCollection(plan.get(), draft.item().subject());
        String target = collection
                ? ""
                : plan.get()
                        .target(
                                draft.item(),
                                draft.request().method(),
                                draft.request().target());
        Question question = new Question(
                new Journal.Intended(ledger, intent), target, plan.get().options());
        Optional<Settlement> found = settler.patiently(
                () -> open.oldStateSeen() == null ? inquiry.first(question) : Optional.of(inquiry.again(question)));
        if (found.orElse(null) instanceof Settlement.Refuted) settler.watch(question);
        return found;
    }

    private static Settlement unroutable(IntentDraft draft) {
        return new Settlement.Applied(
                Change.Outcome.UNKNOWN,
                draft.item(),
                draft.action(),
                draft.before(),
                new Image.Unknown("no-route"),
                draft.order(),
                null,
                "no-route");
    }
}
