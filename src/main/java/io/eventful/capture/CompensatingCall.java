package io.eventful.capture;

import io.eventful.capture.Waiting.StoreFailedException;
import io.eventful.edge.Body;
import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.UpstreamException;
import io.eventful.edge.Upstreams;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.UnavailableException;
import io.eventful.ledger.Compensation.Result;
import io.eventful.ledger.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call of the gateway's own that takes a change back: intent, call, outcome, in the item's lane.
 *
 * @param before the item before it
 * @param turn that it holds
 */
record CompensatingCall(Tools tools, Upstreams upstreams, ReversingCall call, Content before, Turn turn) {

    private static final Logger log = LoggerFactory.getLogger(CompensatingCall.class);
    private static final int PRECONDITION_FAILED = 412;
    static final String UNWRITABLE = "the ledger cannot be written at the moment";
    private static final String UNREADABLE = "the ledger cannot be read at the moment";

    Result send() throws InterruptedException, StoreFailedException {
        CaptureOptions options = call.plan().options();
        Digest digest = Documents.digest(new Body.Whole(call.body()), Fields.NONE);
        Content request = call.how().state() == null
                ? Content.unknown("no-body")
                : Documents.document(call.how().state(), options);
        Journal journal = Journal.intended(
                tools, call.draft(tools.clock().instant(), turn.order(), before, request, digest), turn);
        try {
            return sent(journal, request, digest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Unsettled("the gateway is stopping");
        }
    }

    private Result sent(Journal journal, Content request, Digest digest) throws InterruptedException {
        CaptureOptions options = call.plan().options();
        Upstreams.Fetched reply;
        try {
            reply = Waiting.edge(upstreams.send(
                    options.upstream(),
                    call.how().method(),
                    call.head().target(),
                    call.head().fields(),
                    call.body(),
                    options.bodyLimit()));
        } catch (UpstreamException e) {
            new Unanswered(tools, call.plan(), call.write(), journal, turn).end(e, Fields.NONE);
            return e.sent() == UpstreamException.Sent.NOTHING
                    ? new Result.NotSent("the upstream could not be reached")
                    : new Result.Unsettled("the upstream did not respond");
        }
        Settlement settlement;
        try {
            settlement = reversed(outcome(journal, turn, request, digest, reply));
        } catch (RuntimeException e) {
            Question question = new Question(journal, call.write().target(), options);
            Turn taken = turn.handOver();
            if (UnavailableException.isCauseOf(e)) {
                log.warn(
                        "capture.ledger-not-readable subject={} status={} reason=\"{}\" then=\"the outcome of the"
                                + " reversal is found when it can be read\"",
                        call.write().subject(),
                        reply.status(),
                        Reasons.of(e));
                tools.settler().end(question, taken, () -> reversed(outcome(journal, taken, request, digest, reply)));
                return new Result.Unsettled(UNREADABLE);
            }
            log.error(
                    "capture.reversal-outcome-not-found subject={} status={} reason=\"{}\" then=\"the item is looked"
                            + " at later\"",
                    call.write().subject(),
                    reply.status(),
                    Reasons.of(e));
            tools.settler().settle(question, taken);
            return new Result.Unsettled("the reply could not be evaluated");
        }
        return result(reply.status(), journal, settlement);
    }

    private Settlement outcome(Journal journal, Turn held, Content request, Digest digest, Upstreams.Fetched reply)
            throws InterruptedException {
        Digest replyDigest = Documents.digest(reply.body(), reply.fields());
        return tools.outcomes()
                .of(
                        new Sent(
                                journal.draft().time(),
                                call.plan(),
                                call.write(),
                                held,
                                before,
                                call.head(),
                                request,
                                digest,
                                reply.status(),
                                reply.fields(),
                                replyDigest,
                                tools.documents()
                                        .read(
                                                reply.body(),
                                                replyDigest,
                                                reply.fields(),
                                                call.plan().options())),
                        Fields.NONE);
    }

    /** The call's own change is the last one: before it may come what was found out about the item. */
    private static Settlement reversed(Settlement settlement) {
        return switch (settlement) {
            case Settlement.Refuted refuted -> refuted;
            case Settlement.Applied applied -> reversed(applied);
            case Settlement.Several(List<Settlement.Applied> changes, String causation) -> {
                List<Settlement.Applied> all = new ArrayList<>(changes);
                all.add(reversed(all.removeLast()));
                yield new Settlement.Several(all, causation);
            }
        };
    }

    private static Settlement.Applied reversed(Settlement.Applied applied) {
        return new Settlement.Applied(
                applied.outcome(),
                applied.item(),
                EventType.REVERSED,
                applied.before(),
                applied.after(),
                applied.order(),
                applied.response(),
                applied.reason(),
                applied.request(),
                applied.resource());
    }

    private Result result(int status, Journal journal, Settlement settlement) throws InterruptedException {
        CompletableFuture<Optional<Change>> pending = journal.end(settlement);
        try {
            @Nullable Change change = tools.waiting().store(pending).orElse(null);
            if (change != null) return new Result.Reversed(change);
        } catch (StoreFailedException e) {
            tools.settler().keep(journal, settlement, pending, turn.handOver());
            return new Result.Unsettled(UNWRITABLE);
        }
        if (status == PRECONDITION_FAILED) return new Result.MovedOn("the upstream has a newer state of the item");
        return settlement instanceof Settlement.Refuted
                ? new Result.Refused(status)
                : new Result.MovedOn("the item already had the earlier state");
    }
}
