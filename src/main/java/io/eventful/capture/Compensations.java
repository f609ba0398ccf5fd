package io.eventful.capture;

import io.eventful.capture.Waiting.StoreFailedException;
import io.eventful.edge.Upstreams;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.ledger.CalledPath;
import io.eventful.ledger.Compensation;
import io.eventful.ledger.MadeAgain;
import io.eventful.ledger.ReversalPlan;
import io.eventful.ledger.Reversals;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Takes changes back by calls of the gateway's own, with the upstream's configured credential, and on the way of every
 * captured call: lane, intent, call, outcome.
 */
final class Compensations implements Compensation {

    /** A system that makes no items by PUT says so with one of these. */
    private static final Set<Integer> NOTHING_THERE = Set.of(404, 405, 410);

    private final Reversals reversals;
    private final Upstreams upstreams;
    private final Tools tools;
    private final Supplier<CaptureTable> table;
    private final Executor threads;

    Compensations(
            Reversals reversals, Upstreams upstreams, Tools tools, Supplier<CaptureTable> table, Executor threads) {
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
                        return new Result.NotSent(CompensatingCall.UNWRITABLE);
                    }
                },
                threads);
    }

    private Result reverse(Change change) throws InterruptedException, StoreFailedException {
        Optional<CapturePlan> plan = table.get().plan(change.item());
        if (plan.isEmpty()) return new Result.Impossible("no running route captures the item");
        if (table.get().isCollection(plan.get(), change.subject()))
            return new Result.Impossible("it is of a collection of items that another route captures");
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
                case ReversalPlan.TakenBack(MadeAgain by) ->
                    new Result.MovedOn("it was made again at position " + by.position());
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
            case Drift.Found.Same(Content seen) -> send(call, seen, turn);
        };
    }

    /** Where nothing can be put at the item's path, it is made in the other way that the plan knows. */
    private Result send(ReversingCall call, Content seen, Turn turn) throws InterruptedException, StoreFailedException {
        Result result = new CompensatingCall(tools, upstreams, call, before(call, seen), turn).send();
        ReversalPlan.Possible otherwise = call.how().otherwise();
        boolean nothingThere = result instanceof Result.Refused(int status) && NOTHING_THERE.contains(status);
        if (otherwise == null || !nothingThere) return result;
        ReversingCall other =
                ReversingCall.of(call.plan(), call.change(), otherwise, EarlierCalls.of(tools.ledger(), call.change()));
        return new CompensatingCall(tools, upstreams, other, before(other, seen), turn).send();
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
}
