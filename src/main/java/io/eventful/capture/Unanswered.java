package io.eventful.capture;

import io.eventful.capture.Waiting.StoreFailedException;
import io.eventful.edge.Fields;
import io.eventful.edge.UpstreamException;
import io.eventful.event.Change;
import io.eventful.ledger.Settlement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a call of which no reply came.
 *
 * @param tools shared by all calls
 * @param plan that captured the call
 * @param write what it was to do
 * @param journal what the ledger holds of it
 * @param turn that it holds
 */
record Unanswered(Tools tools, CapturePlan plan, Write write, Journal journal, Turn turn) {

    private static final Logger log = LoggerFactory.getLogger(Unanswered.class);

    /**
     * Refutes a call that was not sent. One that may have been applied is settled by looking at its item: in the
     * background where the gateway has a credential of its own, else now, while the caller still lends its own.
     */
    void end(UpstreamException failure, Fields caller) throws InterruptedException {
        log.warn(
                "capture.no-reply subject={} action={} sent={} status={} reason=\"{}\"",
                write.subject(),
                write.action(),
                failure.sent(),
                failure.status(),
                failure.getMessage());
        if (failure.sent() == UpstreamException.Sent.NOTHING) {
            refute();
            return;
        }
        Question question = new Question(journal, write.target(), plan.options());
        Optional<Settlement> found =
                tools.source().hasCredential(plan.options().upstream()) ? Optional.empty() : lookWith(question, caller);
        if (found.isPresent()) keep(found.get());
        else tools.settler().settle(question, turn.handOver());
    }

    private Optional<Settlement> lookWith(Question question, Fields caller) throws InterruptedException {
        try {
            return tools.inquiry().ask(question, caller);
        } catch (RuntimeException e) {
            log.warn("capture.item-not-seen subject={} reason=\"{}\"", write.subject(), Reasons.of(e));
            return Optional.empty();
        }
    }

    /** The call was not sent. */
    void refute() throws InterruptedException {
        keep(new Settlement.Refuted("not-sent"));
    }

    private void keep(Settlement settlement) throws InterruptedException {
        CompletableFuture<Optional<Change>> pending = journal.end(settlement);
        try {
            tools.waiting().store(pending);
        } catch (StoreFailedException e) {
            tools.settler().keep(journal, settlement, pending, turn.handOver());
        }
    }
}
