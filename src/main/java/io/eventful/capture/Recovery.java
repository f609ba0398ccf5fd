package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.ledger.Intent;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles the intents that an earlier run left open, so many items at a time: on each item the oldest first, its lane
 * held until its last one is settled. Only the intents' numbers are held in memory.
 */
final class Recovery {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    private static final int PAGE = 500;

    private final Ledger ledger;
    private final Lanes lanes;
    private final Settler settler;
    private final Inquiry inquiry;
    private final Pauses pauses;
    private final Clock clock;
    private final CaptureSettings settings;
    private Queue<Left> found = new ArrayDeque<>();

    Recovery(Tools tools, Pauses pauses, CaptureSettings settings) {
        this.ledger = tools.ledger();
        this.lanes = tools.lanes();
        this.settler = tools.settler();
        this.inquiry = tools.inquiry();
        this.pauses = pauses;
        this.clock = tools.clock();
        this.settings = settings;
    }

    /** Finds the open intents and takes their items' lanes, before the first call of this run can. */
    void prepare() {
        int intents = 0;
        long after = 0;
        Map<String, String> names = new HashMap<>();
        Map<Item, Left> byItem = new HashMap<>();
        for (List<Intent> page = page(after); !page.isEmpty(); page = page(after)) {
            for (Intent intent : page) {
                left(intent.draft(), names, byItem).add(intent.id());
                after = intent.id();
            }
            intents += page.size();
        }
        if (intents > 0)
            log.info("calls of an earlier run have no outcome: intents={} items={}", intents, found.size());
    }

    private List<Intent> page(long after) {
        return ledger.openIntents(after, PAGE);
    }

    private Left left(IntentDraft draft, Map<String, String> names, Map<Item, Left> byItem) {
        // Of a create nobody knows the item yet that another call could write.
        if (draft.request() != null
                && draft.request().method().equals("POST")
                && draft.action().equals("created")) return found(Turn.alone());
        // Thousands of items share a source and a scope: one text of each is enough.
        Item item = new Item(
                names.computeIfAbsent(draft.item().source(), name -> name),
                names.computeIfAbsent(draft.item().scope(), name -> name),
                draft.item().subject());
        return byItem.computeIfAbsent(item, key -> found(Turn.at(lanes.queue(key))));
    }

    private Left found(Turn turn) {
        Left left = new Left(turn);
        found.add(left);
        return left;
    }

    /**
     * Begins to settle, now that it is known how the items are captured. Called once, a settle delay after the start at
     * least: so long ago the calls were sent.
     */
    void begin(Supplier<CaptureTable> table) {
        Queue<Left> open = new ConcurrentLinkedQueue<>(found);
        found = new ArrayDeque<>();
        int workers = Math.min(settings.settleConcurrency(), open.size());
        for (int worker = 0; worker < workers; worker++)
            settler.run(Turn.observed(), () -> {
                for (Left next = open.poll(); next != null; next = open.poll()) advance(next, open, table);
            });
    }

    /** Settles what can be settled of an item now. What must be looked at again goes behind the others. */
    private void advance(Left left, Queue<Left> open, Supplier<CaptureTable> table) throws InterruptedException {
        try {
            while (left.open()) {
                if (!settle(left, table.get())) {
                    open.add(left);
                    return;
                }
                left.settled();
            }
        } catch (RuntimeException e) {
            log.error("settling failed; the intent stays open until the next start", e);
        }
        left.turn().close();
    }

    /** False when the item was seen as before the call for the first time. */
    private boolean settle(Left left, CaptureTable table) throws InterruptedException {
        Instant seen = left.oldStateSeen();
        if (seen != null) {
            Duration rest = Duration.between(clock.instant(), seen.plus(settings.settleDelay()));
            if (rest.isPositive()) pauses.pause(rest);
        }
        long id = left.next();
        Optional<Intent> intent = settler.patiently(() -> ledger.openIntents(id - 1, 1).stream()
                .filter(found -> found.id() == id)
                .findFirst());
        if (intent.isEmpty()) return true;
        Optional<Settlement> settlement = ask(intent.get(), table, seen != null);
        if (settlement.isEmpty()) {
            left.oldStateSeen(clock.instant());
            return false;
        }
        settler.keep(new Journal.Intended(ledger, intent.get()), settlement.get());
        return true;
    }

    private Optional<Settlement> ask(Intent intent, CaptureTable table, boolean again) throws InterruptedException {
        IntentDraft draft = intent.draft();
        Optional<CapturePlan> plan = table.plan(draft.item(), draft.action());
        // Without the route's options nobody knows what must be redacted.
        if (plan.isEmpty() || draft.request() == null) return Optional.of(unroutable(draft));
        String target = plan.get()
                .target(draft.item(), draft.request().method(), draft.request().target());
        Question question = new Question(
                new Journal.Intended(ledger, intent), target, plan.get().options());
        return settler.patiently(() -> again ? Optional.of(inquiry.again(question)) : inquiry.first(question));
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
