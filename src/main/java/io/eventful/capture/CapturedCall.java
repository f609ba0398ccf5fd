package io.eventful.capture;

import io.eventful.capture.Waiting.StoreFailedException;
import io.eventful.edge.Answer;
import io.eventful.edge.Body;
import io.eventful.edge.Call;
import io.eventful.edge.CallAbortedException;
import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.Reply;
import io.eventful.edge.RequestHead;
import io.eventful.edge.UpstreamException;
import io.eventful.event.Change;
import io.eventful.event.Item;
import io.eventful.ledger.Intent;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.KeyClaim;
import io.eventful.ledger.KeyInUseException;
import io.eventful.ledger.Settlement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One captured call, from its head to its answer: the body is read, the item's lane is taken, the intent is made
 * durable, the call is sent, the outcome is made durable, and only then the caller is answered. Runs on a virtual
 * thread.
 */
final class CapturedCall implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(CapturedCall.class);

    /** What a call holds besides its bodies: heads, a thread's stack. */
    private static final int OVERHEAD = 16_384;

    private final Tools tools;
    private final Call call;
    private final CapturePlan plan;
    private final Write write;
    private final @Nullable KeyClaim kept;

    /** @param kept the claim of a call that was kept, which waits for its lane as long as it takes; null of a client's */
    CapturedCall(Tools tools, Call call, CapturePlan plan, Write write, @Nullable KeyClaim kept) {
        this.tools = tools;
        this.call = call;
        this.plan = plan;
        this.write = write;
        this.kept = kept;
    }

    @Override
    public void run() {
        Optional<MemoryBudget.Share> share = tools.memory().take(OVERHEAD + expectedSize());
        if (share.isEmpty()) {
            log.warn("captured call refused, memory is used up: {} {}", head().method(), write.subject());
            call.answer(Answers.busy());
            return;
        }
        try (MemoryBudget.Share held = share.get()) {
            // The turn is over when the outcome is durable: a slow reader of the answer holds nobody up.
            switch (serve(held)) {
                case CallEnd.Replied(Reply reply, Fields extra) -> Waiting.edge(call.answer(reply, extra));
                case CallEnd.Failed(UpstreamException failure) -> Waiting.edge(call.answer(Answers.of(failure)));
                case CallEnd.Refused(Answer answer) -> Waiting.edge(call.answer(answer));
            }
        } catch (StoreFailedException e) {
            log.warn(
                    "captured call refused, the ledger failed: {} {} error={}",
                    head().method(),
                    write.subject(),
                    Reasons.of(e));
            call.answer(e.getCause() instanceof KeyInUseException ? Answers.keyRunning() : Answers.noLedger());
        } catch (CallAbortedException e) {
            log.debug("client went away: {} {}", head().method(), write.subject());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("captured call failed: {} {}", head().method(), write.subject(), e);
            call.answer(Answers.failed());
        }
    }

    private CallEnd serve(MemoryBudget.Share held) throws InterruptedException, StoreFailedException {
        if (kept == null && Documents.isAwaited(head().fields()) && !IdempotencyKey.isIn(head().fields()))
            return serveOnHead(held);
        Body body = Waiting.edge(call.body(tools.idempotency().bodyLimit(head(), plan.options())));
        held.hold(OVERHEAD + size(body));
        Digest digest = body instanceof Body.Whole
                ? Waiting.edge(call.requestDigest())
                : new Digest(Documents.length(head().fields()), "");
        if (kept != null) return serve(held, body, digest, kept);
        return switch (tools.idempotency().admit(head(), plan, body, digest)) {
            case Admission.Refused(Answer answer) -> new CallEnd.Refused(answer);
            case Admission.Granted granted -> {
                try (granted) {
                    yield serve(held, body, digest, granted.claim());
                }
            }
        };
    }

    private CallEnd serve(MemoryBudget.Share held, Body body, Digest digest, @Nullable KeyClaim key)
            throws InterruptedException, StoreFailedException {
        Content request = tools.documents().read(body, digest, head().fields(), plan.options());
        Item item = plan.item(write.subject(), head());

        try (Turn turn = turn(item)) {
            Content before = before(item, turn);
            Optional<Answer> unmet = Preconditions.unmet(plan, write, item, turn, head().fields(), tools.ledger());
            if (unmet.isPresent()) return new CallEnd.Refused(unmet.get());
            Journal journal = open(draft(item, turn, before, request, digest, key));
            return send(turn, journal, before, request, held, OVERHEAD + size(body));
        }
    }

    /** A client that waits to be told to send its body is told so when the intent is durable. */
    private CallEnd serveOnHead(MemoryBudget.Share held) throws InterruptedException, StoreFailedException {
        Item item = plan.item(write.subject(), head());
        try (Turn turn = turn(item)) {
            Content before = before(item, turn);
            Optional<Answer> unmet = Preconditions.unmet(plan, write, item, turn, head().fields(), tools.ledger());
            if (unmet.isPresent()) return new CallEnd.Refused(unmet.get());
            Digest announced = new Digest(Documents.length(head().fields()), "");
            Journal journal = open(draft(item, turn, before, Content.unknown("not-read"), announced, null));
            Body body;
            try {
                body = Waiting.edge(call.body(plan.options().bodyLimit()));
            } catch (CallAbortedException e) {
                new Unanswered(tools, plan, write, journal, turn).refute();
                throw e;
            }
            held.hold(OVERHEAD + size(body));
            Digest digest = body instanceof Body.Whole ? Waiting.edge(call.requestDigest()) : announced;
            Content request = tools.documents().read(body, digest, head().fields(), plan.options());
            return send(turn, journal, before, request, held, OVERHEAD + size(body));
        }
    }

    private CallEnd send(Turn turn, Journal journal, Content before, Content request, MemoryBudget.Share held, int used)
            throws InterruptedException {
        Reply reply;
        try {
            reply = Waiting.edge(call.forward(plan.options().upstream()));
        } catch (UpstreamException e) {
            new Unanswered(tools, plan, write, journal, turn).end(e, ImageSource.credentials(head().fields()));
            return new CallEnd.Failed(e);
        } catch (CallAbortedException e) {
            new Unanswered(tools, plan, write, journal, turn).refute();
            throw e;
        }
        Answered answered = new Answered(tools, plan, write, journal, turn, call);
        Optional<Change> change = answered.end(reply, request, before, held, used);
        return new CallEnd.Replied(reply, position(change));
    }

    private Turn turn(Item item) throws InterruptedException {
        if (!write.isOnItem()) return Turn.alone();
        if (plan.options().order() == Change.Order.OBSERVED) return Turn.observed();
        Lanes.Place place = tools.lanes().queue(item);
        try {
            return place.await(kept == null ? plan.options().laneWait() : Lanes.FOREVER)
                    ? Turn.at(place)
                    : Turn.observed();
        } catch (InterruptedException e) {
            place.close();
            throw e;
        }
    }

    /** A ledger that cannot be read cannot be written either: nothing is sent. */
    private Content before(Item item, Turn turn) throws InterruptedException, StoreFailedException {
        try {
            return tools.befores().find(plan, write, item, turn, head().fields());
        } catch (RuntimeException e) {
            throw new StoreFailedException(e);
        }
    }

    private IntentDraft draft(
            Item item, Turn turn, Content before, Content request, Digest digest, @Nullable KeyClaim key) {
        CaptureOptions options = plan.options();
        return new IntentDraft(
                item,
                write.resource(),
                write.action(),
                tools.clock().instant(),
                options.upstream(),
                before.image(),
                Expectation.expected(write.kind(), before, request, head().fields(), options),
                RecordedHeads.request(head(), Documents.kept(digest, request, head().fields(), options)),
                turn.order(),
                key == null ? options.guarantee() : Change.Guarantee.INTENT,
                RecordedHeads.traceparent(head().fields()).orElse(null),
                options.items() == null ? null : Batch.causation(tools.clock().instant(), head(), digest),
                key);
    }

    private Journal open(IntentDraft draft) throws InterruptedException, StoreFailedException {
        // A key is kept with its intent, whatever the route's guarantee.
        if (draft.guarantee() != Change.Guarantee.INTENT) return new Journal.Unwritten(tools.ledger(), draft);
        CompletableFuture<Intent> opening;
        try {
            opening = tools.ledger().open(draft);
        } catch (RuntimeException e) {
            throw new StoreFailedException(e);
        }
        try {
            return new Journal.Intended(tools.ledger(), tools.waiting().store(opening));
        } catch (StoreFailedException | InterruptedException e) {
            // It may become durable yet, of a call that is never sent.
            opening.thenAccept(
                    intent -> new Journal.Intended(tools.ledger(), intent).end(new Settlement.Refuted("not-sent")));
            throw e;
        }
    }

    private Fields position(Optional<Change> change) {
        return plan.options().position() == CaptureOptions.Position.EXPOSED && change.isPresent()
                ? Fields.NONE.and(Repeats.POSITION, String.valueOf(change.get().position()))
                : Fields.NONE;
    }

    private RequestHead head() {
        return call.head();
    }

    private int expectedSize() {
        int limit = tools.idempotency().bodyLimit(head(), plan.options());
        long length = Documents.length(head().fields());
        if (length >= 0) return (int) Math.min(length, limit);
        return head().fields().first("transfer-encoding").isPresent() ? limit : 0;
    }

    static int size(Body body) {
        return switch (body) {
            case Body.Whole(byte[] bytes) -> bytes.length;
            case Body.Partial(byte[] beginning) -> beginning.length;
        };
    }
}
