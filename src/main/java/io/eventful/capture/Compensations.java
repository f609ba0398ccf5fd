package io.eventful.capture;

import io.eventful.capture.Waiting.StoreFailedException;
import io.eventful.edge.Body;
import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.UpstreamException;
import io.eventful.edge.Upstreams;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.UnavailableException;
import io.eventful.ledger.CalledPath;
import io.eventful.ledger.Compensation;
import io.eventful.ledger.ReversalPlan;
import io.eventful.ledger.Reversals;
import io.eventful.ledger.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes changes back by calls of the gateway's own, with the upstream's configured credential, and on the way of every
 * captured call: lane, intent, call, outcome.
 */
final class Compensations implements Compensation {

    private static final Logger log = LoggerFactory.getLogger(Compensations.class);
    private static final int PRECONDITION_FAILED = 412;
    private static final String UNWRITABLE = "the ledger cannot be written at the moment";
    private static final String UNREADABLE = "the ledger cannot be read at the moment";

    private final Reversals reversals;
    private final Upstreams upstreams;
    private final Tools tools;
    private final Supplier<CaptureTable> table;
    private final ExecutorService threads;

    Compensations(
            Reversals reversals,
            Upstreams upstreams,
            Tools tools,
            Supplier<CaptureTable> table,
            ExecutorService threads) {
        this.reversals = reversals;
        this.upstreams = upstreams;
        this.tools = tools;
        this.table = table;
        this.threads = threads;
    }

    @Override
    public CompletionStage<Result> apply(Change change) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return reverse(change);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return new Result.NotSent("the gateway is stopping");
                    } catch (StoreFailedException e) {
                        return new Result.NotSent(UNWRITABLE);
                    }
                },
                threads);
    }

    private Result reverse(Change change) throws InterruptedException, StoreFailedException {
        Optional<CapturePlan> plan = table.get().plan(change.item(), "");
        if (plan.isEmpty()) return new Result.Impossible("no running route captures the item");
        Lanes.Place place = tools.lanes().queue(change.item());
        boolean held;
        try {
            held = place.await(plan.get().options().laneWait());
        } catch (InterruptedException e) {
            place.close();
            throw e;
        }
        if (!held) return new Result.NotSent("the item is being written");
        try (Turn turn = Turn.at(place)) {
            return switch (reversals.plan(change)) {
                case ReversalPlan.Impossible(String why) -> new Result.Impossible(why);
                case ReversalPlan.MovedOn(Change latest) ->
                    new Result.MovedOn("the item was changed again at position " + latest.position());
                case ReversalPlan.Possible how ->
                    unlessDrifted(
                            ReversingCall.of(plan.get(), change, how, EarlierCalls.of(tools.ledger(), change)), turn);
            };
        }
    }

    /** What the ledger does not know of would be overwritten unseen: an entity tag is not always there to prevent it. */
    private Result unlessDrifted(ReversingCall call, Turn turn) throws InterruptedException, StoreFailedException {
        Change last = tools.ledger().latest(call.change().item()).orElse(call.change());
        String query = call.head().query();
        String path = CalledPath.of(last.item(), Stream.of(last, call.change()))
                .orElse(last.item().subject());
        String target = query.isEmpty() ? path : path + '?' + query;
        return switch (new Drift(tools).look(last, target, call.plan().options())) {
            case Drift.Found.Another another ->
                new Result.MovedOn("the upstream has a different state, which was written without the gateway");
            case Drift.Found.Same(Content seen) -> send(call, before(call, seen), turn);
        };
    }

    /**
     * The item before the call. The plan was made in the lane: the item is as the change left it. Seen just now, it cannot
     * be made by the call, whatever the reply says.
     */
    private static Content before(ReversingCall call, Content seen) {
        if (call.write().kind() == Write.Kind.CREATE) return Content.ABSENT;
        return seen.image() instanceof Image.Known
                ? seen
                : Content.of(call.change().after());
    }

    private Result send(ReversingCall call, Content before, Turn turn)
            throws InterruptedException, StoreFailedException {
        CaptureOptions options = call.plan().options();
        Digest digest = Documents.digest(new Body.Whole(call.body()), Fields.NONE);
        Content request = call.how().state() == null
                ? Content.unknown("no-body")
                : Documents.document(call.how().state(), options);
        Journal journal = Journal.intended(
                tools, call.draft(tools.clock().instant(), turn.order(), before, request, digest), turn);
        try {
            return sent(call, journal, turn, before, request, digest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Unsettled("the gateway is stopping");
        }
    }

    private Result sent(ReversingCall call, Journal journal, Turn turn, Content before, Content request, Digest digest)
            throws InterruptedException {
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
            settlement = reversed(outcome(call, journal, turn, before, request, digest, reply));
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
                tools.settler()
                        .end(
                                question,
                                taken,
                                () -> reversed(outcome(call, journal, taken, before, request, digest, reply)));
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
        return result(reply.status(), journal, settlement, turn);
    }

    private Settlement outcome(
            ReversingCall call,
            Journal journal,
            Turn turn,
            Content before,
            Content request,
            Digest digest,
            Upstreams.Fetched reply)
            throws InterruptedException {
        Digest replyDigest = Documents.digest(reply.body(), reply.fields());
        return tools.outcomes()
                .of(
                        new Sent(
                                journal.draft().time(),
                                call.plan(),
                                call.write(),
                                turn,
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

    private Result result(int status, Journal journal, Settlement settlement, Turn turn) throws InterruptedException {
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
