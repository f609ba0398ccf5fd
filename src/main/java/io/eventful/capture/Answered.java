package io.eventful.capture;

import io.eventful.capture.Waiting.StoreFailedException;
import io.eventful.edge.Body;
import io.eventful.edge.Call;
import io.eventful.edge.Reply;
import io.eventful.event.Change;
import io.eventful.event.UnavailableException;
import io.eventful.ledger.Settlement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a call whose reply has come: finds its outcome and makes it durable. Whatever fails here, the caller gets the
 * reply, and the outcome is settled later.
 *
 * @param tools shared by all calls
 * @param plan that captured the call
 * @param write what it does
 * @param journal what the ledger holds of it
 * @param turn that it holds
 * @param call the call
 */
record Answered(Tools tools, CapturePlan plan, Write write, Journal journal, Turn turn, Call call) {

    private static final Logger log = LoggerFactory.getLogger(Answered.class);

    /**
     * The change that came of the call; empty when none did, or when it is not durable yet.
     *
     * @param held the call's share of memory, of which {@code used} bytes are in use
     */
    Optional<Change> end(Reply reply, Content request, Content before, MemoryBudget.Share held, int used)
            throws InterruptedException {
        Journal ending = journal;
        Evidence evidence;
        try {
            Body body = reads(reply.status(), journal, plan) ? body(reply) : new Body.Partial(new byte[0]);
            held.hold(used + JournaledCall.size(body));
            Evidence.Read read = Evidence.read(tools, plan, reply, body);
            evidence = new Evidence(tools, plan, write, journal.draft(), call, request, before, reply, read);
            if (journal.draft().key() != null) ending = journal.replied(evidence.kept(turn));
        } catch (RuntimeException e) {
            return lookLater(ending, reply.status(), e);
        }
        if (!plan.options().success().contains(reply.status())) {
            Optional<Change> none = keep(ending, new Settlement.Refuted("status-" + reply.status()), reply.status());
            new Doubts(tools, plan, write, ending, turn).after(reply.status());
            return none;
        }
        if (write.isOnItem()) turn.ends(tools.endings().queue(plan.item(write.subject(), call.head())));
        boolean waits = journal.draft().guarantee() != Change.Guarantee.NONE;
        return turn.mayEnd(waits ? tools.waiting().storeWait() : Duration.ZERO)
                ? end(ending, evidence)
                : endBehindOthers(ending, evidence);
    }

    /** Each end on an item follows the one before: what it changes begins where that one has led. */
    private Optional<Change> end(Journal ending, Evidence evidence) throws InterruptedException {
        Settlement settlement;
        try {
            settlement = evidence.outcome(turn);
        } catch (RuntimeException e) {
            return UnavailableException.isCauseOf(e)
                    ? endWhenReadable(ending, evidence, e)
                    : lookLater(ending, evidence.status(), e);
        }
        return keep(ending, settlement, evidence.status());
    }

    /** Others have not ended yet, since the ledger does not take it: the reply is passed on, and the end follows theirs. */
    private Optional<Change> endBehindOthers(Journal ending, Evidence evidence) {
        log.warn(
                "capture.earlier-outcomes-not-durable subject={} status={} then=\"this one is kept behind them\"",
                write.subject(),
                evidence.status());
        return endAfterwards(ending, evidence);
    }

    /** The reply tells what became of the call, only what the ledger has of its item is not known: it is when it can be read. */
    private Optional<Change> endWhenReadable(Journal ending, Evidence evidence, Exception cause)
            throws InterruptedException {
        log.warn(
                "capture.ledger-not-readable subject={} status={} reason=\"{}\" then=\"the outcome is found when it can"
                        + " be read\"",
                write.subject(),
                evidence.status(),
                Reasons.of(cause));
        evidence.made(turn).ifPresent(item -> turn.ends(tools.endings().queue(item)));
        return endAfterwards(ending, evidence);
    }

    /** The reply is passed on, and its caller's credentials are not used after it. */
    private Optional<Change> endAfterwards(Journal ending, Evidence evidence) {
        Turn taken = turn.handOver();
        tools.settler().end(question(ending), taken, () -> evidence.outcomeAfterwards(taken));
        return Optional.empty();
    }

    /** Nobody can tell what the reply means: what became of the call is seen by its item. */
    private Optional<Change> lookLater(Journal ending, int status, Exception cause) {
        log.error(
                "capture.outcome-not-found subject={} status={} reason=\"{}\" then=\"the item is looked at later\"",
                write.subject(),
                status,
                Reasons.of(cause));
        turn.endsAnyTime();
        tools.settler().settle(question(ending), turn.handOver());
        return Optional.empty();
    }

    private Question question(Journal ending) {
        return new Question(ending, write.target(), plan.options());
    }

    private Optional<Change> keep(Journal ending, Settlement settlement, int status) throws InterruptedException {
        CompletableFuture<Optional<Change>> pending = ending.end(settlement);
        if (journal.draft().guarantee() == Change.Guarantee.NONE) {
            keepLater(ending, settlement, pending);
            return Optional.empty();
        }
        try {
            Optional<Change> change = tools.waiting().store(pending);
            log.debug(
                    "capture.captured subject={} action={} status={} position={}",
                    write.subject(),
                    write.action(),
                    status,
                    change.map(Change::position).orElse(0L));
            return change;
        } catch (StoreFailedException e) {
            log.warn(
                    "capture.outcome-not-durable subject={} status={} reason=\"{}\" then=\"it is kept later\"",
                    write.subject(),
                    status,
                    Reasons.of(e));
            keepLater(ending, settlement, pending);
            return Optional.empty();
        }
    }

    /** What is written next on the item, as soon as its maker knows that it was made, ends behind this. */
    private void keepLater(Journal ending, Settlement settlement, CompletableFuture<Optional<Change>> pending) {
        if (!write.isOnItem() && settlement instanceof Settlement.Applied made)
            turn.ends(tools.endings().queue(made.item()));
        tools.settler().keep(ending, settlement, pending, turn.handOver());
    }

    /** Whether a reply's body is read before the reply is passed on: for what it changed, or to be given to who repeats the call. */
    static boolean reads(int status, Journal journal, CapturePlan plan) {
        return plan.options().success().contains(status) || journal.draft().key() != null;
    }

    /** A reply that breaks off has told its status: the call was applied, only the item has to be fetched. */
    private Body body(Reply reply) throws InterruptedException {
        try {
            return Waiting.edge(reply.body(plan.options().bodyLimit()));
        } catch (RuntimeException e) {
            log.debug("capture.reply-broke-off subject={} reason=\"{}\"", write.subject(), Reasons.of(e));
            return new Body.Partial(new byte[0]);
        }
    }
}
