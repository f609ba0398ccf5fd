package io.eventful.capture;

import io.eventful.capture.Waiting.StoreFailedException;
import io.eventful.event.Change;
import io.eventful.ledger.Intent;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.KeptReply;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Settlement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the ledger holds of a call that was, or is about to be, sent. */
sealed interface Journal {

    IntentDraft draft();

    /** Ends the call in the ledger; the future completes when that is durable. */
    CompletableFuture<Optional<Change>> settle(Settlement settlement);

    /** The same, with every failure in the future. */
    default CompletableFuture<Optional<Change>> end(Settlement settlement) {
        try {
            return settle(settlement);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Makes an intent durable; one that becomes so too late is of a call that is never sent, and ended however long that takes.
     * Until then its images are in memory, as documents and as they are written.
     */
    static Journal intended(Tools tools, IntentDraft draft, Turn turn)
            throws InterruptedException, StoreFailedException {
        CompletableFuture<Intent> opening;
        try {
            opening = tools.ledger().open(draft);
        } catch (RuntimeException e) {
            throw new StoreFailedException(e);
        }
        try {
            return new Intended(tools.ledger(), tools.waiting().store(opening));
        } catch (StoreFailedException | InterruptedException e) {
            Turn held = turn.besides(2 * HeldBytes.of(draft));
            opening.whenComplete((intent, failure) -> {
                if (failure != null) {
                    held.close();
                    return;
                }
                Journal late = new Intended(tools.ledger(), intent);
                Settlement notSent = new Settlement.Refuted("not-sent");
                tools.settler().keep(late, notSent, late.end(notSent), held);
            });
            throw e;
        }
    }

    /** The journal of the same call, now that it was answered; null when the reply is not to be kept. */
    default Journal replied(@Nullable KeptReply reply) {
        return reply != null && this instanceof Intended(Ledger ledger, Intent intent)
                ? new Replied(ledger, intent, reply)
                : this;
    }

    /** The intent is durable: a crash leaves it to be found. */
    record Intended(Ledger ledger, Intent intent) implements Journal {
        @Override
        public IntentDraft draft() {
            return intent.draft();
        }

        @Override
        public CompletableFuture<Optional<Change>> settle(Settlement settlement) {
            return ledger.settle(intent, settlement);
        }
    }

    /** The same, with the reply that is kept for repeats of the call. */
    record Replied(Ledger ledger, Intent intent, KeptReply reply) implements Journal {
        @Override
        public IntentDraft draft() {
            return intent.draft();
        }

        @Override
        public CompletableFuture<Optional<Change>> settle(Settlement settlement) {
            return ledger.settle(intent, settlement, reply);
        }
    }

    /** Nothing is written before the outcome: routes whose guarantee is weaker than {@code intent}. */
    record Unwritten(Ledger ledger, IntentDraft draft) implements Journal {
        @Override
        public CompletableFuture<Optional<Change>> settle(Settlement settlement) {
            return switch (settlement) {
                case Settlement.Applied applied -> ledger.append(draft, applied);
                case Settlement.Several several -> ledger.append(draft, several);
                case Settlement.Refuted refuted -> CompletableFuture.completedFuture(Optional.empty());
            };
        }
    }
}
