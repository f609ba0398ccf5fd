package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.event.UnavailableException;
import io.eventful.ledger.Settlement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends, behind the callers' backs, what calls had to leave open: outcomes that the ledger could not take, and calls of
 * which no reply came. Each holds its item's lane until it is settled. What a shutdown interrupts stays an open intent
 * and is found at the next start.
 */
final class Settler {

    private static final Logger log = LoggerFactory.getLogger(Settler.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Inquiry inquiry;
    private final LateEffects late;
    private final Pauses pauses;
    private final Executor threads;

    /** @param threads runs each piece of work on a virtual thread of its own, and interrupts it at shutdown */
    Settler(Inquiry inquiry, LateEffects late, Pauses pauses, Executor threads) {
        this.inquiry = inquiry;
        this.late = late;
        this.pauses = pauses;
        this.threads = threads;
    }

    /** The same with other pauses. */
    Settler with(Pauses own) {
        return new Settler(inquiry.with(own), late, own, threads);
    }

    /** Keeps an outcome that the ledger has not taken yet, then lets the next writer in. */
    void keep(Journal journal, Settlement settlement, CompletableFuture<Optional<Change>> pending, Turn turn) {
        run(turn, () -> keep(journal, settlement, pending));
    }

    /** Finds out what became of a call, keeps that, then lets the next writer in. */
    void settle(Question question, Turn turn) {
        run(turn, () -> settle(question));
    }

    /**
     * Ends a call whose reply tells what became of it, when those before it have ended and the ledger can be read, then lets
     * the next writer in.
     *
     * @param outcome what became of it
     */
    void end(Question question, Turn turn, Reading<Settlement> outcome) {
        run(turn, () -> {
            if (!turn.mayEnd(Lanes.FOREVER)) return;
            Optional<Settlement> found = patiently(() -> unlessFailed(question, outcome));
            if (found.isPresent()) {
                keep(question.journal(), found.get());
                return;
            }
            turn.endsAnyTime();
            settle(question);
        });
    }

    /** The outcome; empty when not even a ledger that can be read would tell it. */
    private static Optional<Settlement> unlessFailed(Question question, Reading<Settlement> outcome)
            throws InterruptedException {
        try {
            return Optional.of(outcome.read());
        } catch (RuntimeException e) {
            if (UnavailableException.isCauseOf(e)) throw e;
            log.error(
                    "capture.outcome-not-found subject={} reason=\"{}\" then=\"the item is looked at\"",
                    question.journal().draft().item().subject(),
                    Reasons.of(e));
            return Optional.empty();
        }
    }

    private void settle(Question question) throws InterruptedException {
        Settlement found = patiently(() -> inquiry.ask(question));
        keep(question.journal(), found);
        if (found instanceof Settlement.Refuted) late.watch(question);
    }

    /** The call of a question counts as not applied; should it turn out to be, that is told. Returns at once. */
    void watch(Question question) {
        late.watch(question);
    }

    private static void report(Journal journal, Settlement settlement, Optional<Change> change) {
        log.info(
                "capture.settled subject={} action={} result={} position={}",
                journal.draft().item().subject(),
                journal.draft().action(),
                word(settlement),
                change.map(Change::position).orElse(0L));
    }

    /** Reads what may not be readable now. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws InterruptedException;
    }

    /** Work of the settler, which an interrupt may end. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    /** Runs work in the background while a turn is held. */
    void run(Turn turn, Work work) {
        threads.execute(() -> {
            try (Turn held = turn) {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                log.error("capture.not-settled then=\"the intent stays open until the next start\"", e);
            }
        });
    }

    /** Reads the ledger, again and again while it cannot be read. */
    <T> T patiently(Reading<T> reading) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return reading.read();
            } catch (RuntimeException e) {
                log.warn("capture.settling-waits reason=\"{}\"", Reasons.of(e));
                pauses.pause(pause);
                pause = longer(pause);
            }
        }
    }

    /** Keeps an outcome, however long the ledger takes. */
    void keep(Journal journal, Settlement settlement) throws InterruptedException {
        Optional<Change> kept = keep(journal, settlement, journal.end(settlement));
        report(journal, settlement, kept);
    }

    private Optional<Change> keep(Journal journal, Settlement settlement, CompletableFuture<Optional<Change>> first)
            throws InterruptedException {
        CompletableFuture<Optional<Change>> pending = first;
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return pending.get();
            } catch (ExecutionException e) {
                log.warn(
                        "capture.outcome-not-kept subject={} reason=\"{}\"",
                        journal.draft().item().subject(),
                        Reasons.of(e));
                pauses.pause(pause);
                pause = longer(pause);
                pending = journal.end(settlement);
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private static String word(Settlement settlement) {
        return switch (settlement) {
            case Settlement.Refuted(String reason) -> "refuted:" + reason;
            case Settlement.Several several -> "confirmed:" + several.changes().size();
            case Settlement.Applied applied when applied.outcome() == Change.Outcome.CONFIRMED -> "confirmed";
            case Settlement.Applied applied -> "unknown:" + applied.reason();
        };
    }
}
