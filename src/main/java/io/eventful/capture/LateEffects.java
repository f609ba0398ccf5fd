package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.Ledger;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for a while at the items of calls that count as not applied, at growing distances: a system may be at work on a
 * call long after it was given up, or answer an error and have applied it. An item that is then as its call was to make
 * it is told as that call's change. Nobody waits for this: an item's lane is held for each look only. It is kept in memory, so
 * what a restart interrupts, or what there is no room for, is found as a drift.
 */
final class LateEffects {

    private static final Logger log = LoggerFactory.getLogger(LateEffects.class);

    private final Ledger ledger;
    private final Lanes lanes;
    private final Inquiry inquiry;
    private final ImageSource source;
    private final Pauses pauses;
    private final Executor threads;
    private final MemoryBudget memory;
    private final CaptureSettings settings;
    /** One call of an item at a time: most that follow a failed one repeat it. */
    private final Set<Item> watched = ConcurrentHashMap.newKeySet();

    /** @param memory what the calls that are watched may hold together */
    LateEffects(
            Ledger ledger,
            Lanes lanes,
            Inquiry inquiry,
            ImageSource source,
            Pauses pauses,
            Executor threads,
            MemoryBudget memory,
            CaptureSettings settings) {
        this.ledger = ledger;
        this.lanes = lanes;
        this.inquiry = inquiry;
        this.source = source;
        this.pauses = pauses;
        this.threads = threads;
        this.memory = memory;
        this.settings = settings;
    }

    /** Watches the item of a call that counts as not applied from now on; returns at once. */
    void watch(Question question) {
        IntentDraft draft = question.journal().draft();
        if (!isTelling(question) || !watched.add(draft.item())) return;
        MemoryBudget.Share held = memory.take(HeldBytes.of(draft)).orElse(null);
        if (held == null) {
            watched.remove(draft.item());
            return;
        }
        try {
            threads.execute(() -> follow(question, held));
        } catch (RejectedExecutionException closing) {
            end(draft.item(), held);
        }
    }

    /** Whether a look can tell: the states before and after the call are known, and the gateway may look by itself. */
    private boolean isTelling(Question question) {
        IntentDraft draft = question.journal().draft();
        boolean before = draft.before() instanceof Image.Known || draft.before() instanceof Image.Absent;
        return before
                && draft.expected() != null
                && draft.order() == Change.Order.LANE
                && !question.target().isEmpty()
                && settings.settleWatch().isPositive()
                && source.hasCredential(question.options().upstream());
    }

    private void end(Item item, MemoryBudget.Share held) {
        watched.remove(item);
        held.close();
    }

    private void follow(Question question, MemoryBudget.Share held) {
        Duration left = settings.settleWatch();
        Duration distance = settings.settleDelay();
        try {
            while (left.isPositive()) {
                Duration pause = distance.compareTo(left) < 0 ? distance : left;
                pauses.pause(pause);
                if (isOver(question)) return;
                left = left.minus(pause);
                distance = distance.multipliedBy(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            log.warn(
                    "capture.late-effect-not-looked-for subject={} reason=\"{}\"",
                    question.journal().draft().item().subject(),
                    Reasons.of(e));
        } finally {
            end(question.journal().draft().item(), held);
        }
    }

    /** Looks once, in the item's lane. Whoever has written since the call has seen what it did. */
    private boolean isOver(Question question) throws InterruptedException, ExecutionException {
        IntentDraft draft = question.journal().draft();
        try (Lanes.Place place = lanes.queue(draft.item())) {
            if (!place.await(question.options().laneWait()) || inquiry.overtaken(draft)) return true;
            Change last = ledger.latest(draft.item()).orElse(null);
            var found = inquiry.late(question);
            if (found.isEmpty()) return false;
            Optional<Change> told = ledger.appendAfter(last, draft, found.get()).get();
            told.ifPresent(change -> log.info(
                    "capture.applied-late subject={} action={} position={}",
                    change.subject(),
                    change.action(),
                    change.position()));
            return true;
        }
    }
}
