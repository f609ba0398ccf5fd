package io.eventful.capture;

import io.eventful.capture.Waiting.StoreFailedException;
import io.eventful.edge.Body;
import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import io.eventful.edge.UpstreamException;
import io.eventful.edge.Upstreams;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.ledger.Compensation;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.ReversalPlan;
import io.eventful.ledger.Reversals;
import io.eventful.ledger.Settlement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes changes back by calls of the gateway's own, with the upstream's configured credential, and on the way of every
 * captured call: lane, intent, call, outcome.
 */
final class Compensations implements Compensation {

    private static final String REVERSED = "reversed";
    private static final int PRECONDITION_FAILED = 412;

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

    /** A compensating call and what it is about. */
    private record Step(CapturePlan plan, Change change, ReversalPlan.Possible how, Write write, RequestHead head) {
        byte[] body() {
            return how.state() == null ? new byte[0] : Json.bytes(how.state());
        }
    }

    @Override
    public CompletionStage<Result> apply(Change change) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return reverse(change);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return new Result.Failed("the gateway is stopping");
                    } catch (StoreFailedException e) {
                        return new Result.Failed("the ledger does not take entries now; nothing was sent");
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
        if (!held) return new Result.Failed("the item is being written; try again");
        try (Turn turn = Turn.at(place)) {
            return switch (reversals.plan(change)) {
                case ReversalPlan.Impossible(String why) -> new Result.Impossible(why);
                case ReversalPlan.MovedOn(Change latest) ->
                    new Result.MovedOn("a later change stands at position " + latest.position());
                case ReversalPlan.Possible how -> unlessDrifted(step(plan.get(), change, how), turn);
            };
        }
    }

    /** What the ledger does not know of would be overwritten unseen: an entity tag is not always there to prevent it. */
    private Result unlessDrifted(Step step, Turn turn) throws InterruptedException, StoreFailedException {
        Change last = tools.ledger().latest(step.change().item()).orElse(step.change());
        String query = step.head().query();
        String target = query.isEmpty() ? last.item().subject() : last.item().subject() + '?' + query;
        return new Drift(tools).isFound(last, target, step.plan().options())
                ? new Result.MovedOn("the REST system shows another state, written behind the gateway")
                : send(step, turn);
    }

    private static Step step(CapturePlan plan, Change change, ReversalPlan.Possible how) {
        Item item = change.item();
        Write.Kind kind = switch (how.method()) {
            case "PUT" -> Write.Kind.PUT;
            case "DELETE" -> Write.Kind.DELETE;
            default -> Write.Kind.CREATE;
        };
        Optional<String> parameter =
                change.request() == null || plan.options().scope().isEmpty()
                        ? Optional.empty()
                        : Queries.parameter(
                                query(change.request().target()), plan.options().scope());
        String target = parameter.map(text -> how.path() + '?' + text).orElse(how.path());
        Fields fields = Fields.NONE;
        if (how.state() != null) fields = fields.and("Content-Type", "application/json");
        if (how.ifMatch() != null) fields = fields.and("If-Match", how.ifMatch());
        if (!item.scope().isEmpty() && parameter.isEmpty())
            fields = fields.and(plan.options().scope(), item.scope());
        RequestHead head = new RequestHead(how.method(), target, how.path(), query(target), fields, "", "http", "");
        boolean create = kind == Write.Kind.CREATE;
        Write write = new Write(kind, how.path(), create ? "" : target, change.resource(), REVERSED);
        return new Step(plan, change, how, write, head);
    }

    private static String query(String target) {
        int question = target.indexOf('?');
        return question < 0 ? "" : target.substring(question + 1);
    }

    private Result send(Step step, Turn turn) throws InterruptedException, StoreFailedException {
        CaptureOptions options = step.plan().options();
        Digest digest = Documents.digest(new Body.Whole(step.body()), Fields.NONE);
        Content request = step.how().state() == null
                ? Content.unknown("no-body")
                : Documents.document(step.how().state(), options);
        // The plan was made in the lane: the item is as the change left it.
        Content before = Content.of(
                step.write().kind() == Write.Kind.CREATE
                        ? new Image.Absent()
                        : step.change().after());
        Journal journal = Journal.intended(tools, draft(step, turn, before, request, digest));
        Upstreams.Fetched reply;
        try {
            reply = Waiting.edge(upstreams.send(
                    options.upstream(),
                    step.how().method(),
                    step.head().target(),
                    step.head().fields(),
                    step.body(),
                    options.bodyLimit()));
        } catch (UpstreamException e) {
            new Unanswered(tools, step.plan(), step.write(), journal, turn).end(e, Fields.NONE);
            return new Result.Failed(
                    e.sent() == UpstreamException.Sent.NOTHING
                            ? "the REST system could not be reached; nothing was sent"
                            : "the REST system gave no reply; what became of the call is being found out");
        }
        Digest replyDigest = Documents.digest(reply.body(), reply.fields());
        Settlement settlement = reversed(tools.outcomes()
                .of(
                        new Sent(
                                step.plan(),
                                step.write(),
                                turn,
                                before,
                                step.head(),
                                request,
                                digest,
                                reply.status(),
                                reply.fields(),
                                replyDigest,
                                tools.documents().read(reply.body(), replyDigest, reply.fields(), options)),
                        Fields.NONE));
        return result(reply.status(), journal, settlement, turn);
    }

    private IntentDraft draft(Step step, Turn turn, Content before, Content request, Digest digest) {
        CaptureOptions options = step.plan().options();
        Item item = step.plan().item(step.write().subject(), step.head());
        return new IntentDraft(
                step.write().kind() == Write.Kind.CREATE ? item : step.change().item(),
                step.change().resource(),
                REVERSED,
                tools.clock().instant(),
                options.upstream(),
                before.image(),
                Expectation.expected(
                        step.write().kind(), before, request, step.head().fields(), options),
                RecordedHeads.request(
                        step.head(), Documents.kept(digest, request, step.head().fields(), options)),
                turn.order(),
                Change.Guarantee.INTENT,
                null,
                String.valueOf(step.change().position()));
    }

    private static Settlement reversed(Settlement settlement) {
        return settlement instanceof Settlement.Applied applied
                ? new Settlement.Applied(
                        applied.outcome(),
                        applied.item(),
                        REVERSED,
                        applied.before(),
                        applied.after(),
                        applied.order(),
                        applied.response(),
                        applied.reason(),
                        applied.request())
                : settlement;
    }

    private Result result(int status, Journal journal, Settlement settlement, Turn turn) throws InterruptedException {
        CompletableFuture<Optional<Change>> pending = journal.end(settlement);
        try {
            @Nullable Change change = tools.waiting().store(pending).orElse(null);
            if (change != null) return new Result.Reversed(change);
        } catch (StoreFailedException e) {
            tools.settler().keep(journal, settlement, pending, turn.handOver());
            return new Result.Failed("the call was made; the ledger takes the change as soon as it can");
        }
        if (status == PRECONDITION_FAILED) return new Result.MovedOn("the REST system holds a newer state of the item");
        return settlement instanceof Settlement.Refuted
                ? new Result.Failed("the REST system answered " + status)
                : new Result.MovedOn("the item was as before already");
    }
}
