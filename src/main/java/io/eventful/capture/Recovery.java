package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.ledger.Intent;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Settlement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles the intents that an earlier run left open: item by item, the oldest first, each item's lane held until its
 * last one is settled. Only the intents' numbers are held in memory.
 */
final class Recovery {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    private static final int PAGE = 500;

    private final Ledger ledger;
    private final Lanes lanes;
    private final Settler settler;
    private final Map<Item, Left> left = new HashMap<>();

    /** What is open of one item. */
    private record Left(Turn turn, List<Long> intents) {}

    Recovery(Ledger ledger, Lanes lanes, Settler settler) {
        this.ledger = ledger;
        this.lanes = lanes;
        this.settler = settler;
    }

    /** Finds the open intents and takes their items' lanes, before the first call of this run can. */
    void prepare() {
        int found = 0;
        long after = 0;
        List<Intent> page;
        do {
            page = ledger.openIntents(after, PAGE);
            for (Intent intent : page) {
                Item item = intent.draft().item();
                left.computeIfAbsent(item, key -> new Left(Turn.at(lanes.queue(key)), new ArrayList<>(1)))
                        .intents()
                        .add(intent.id());
                after = intent.id();
            }
            found += page.size();
        } while (page.size() == PAGE);
        if (found > 0) log.info("calls of an earlier run have no outcome: intents={} items={}", found, left.size());
    }

    /** Begins to settle, now that it is known how the items are captured. Called once. */
    void begin(Supplier<CaptureTable> table) {
        left.forEach((item, open) -> settler.run(open.turn(), () -> {
            for (long id : open.intents()) settle(id, table.get());
        }));
        left.clear();
    }

    private void settle(long id, CaptureTable table) throws InterruptedException {
        Optional<Intent> found = settler.patiently(() -> ledger.openIntents(id - 1, 1).stream()
                .filter(intent -> intent.id() == id)
                .findFirst());
        if (found.isEmpty()) return;
        IntentDraft draft = found.get().draft();
        Optional<CapturePlan> plan = table.plan(draft.item(), draft.action());
        Journal journal = new Journal.Intended(ledger, found.get());
        if (plan.isEmpty() || draft.request() == null) {
            // Without the route's options nobody knows what must be redacted.
            settler.keep(
                    journal,
                    new Settlement.Applied(
                            Change.Outcome.UNKNOWN,
                            draft.item(),
                            draft.action(),
                            draft.before(),
                            new Image.Unknown("no-route"),
                            draft.order(),
                            null,
                            "no-route"));
            return;
        }
        String target = plan.get()
                .target(draft.item(), draft.request().method(), draft.request().target());
        settler.settle(new Question(journal, target, plan.get().options()));
    }
}
