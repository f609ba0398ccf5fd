package io.eventful.capture;

import io.eventful.capture.Waiting.StoreFailedException;
import io.eventful.edge.Answer;
import io.eventful.edge.Body;
import io.eventful.edge.Call;
import io.eventful.edge.CallAbortedException;
import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.OwnNames;
import io.eventful.edge.ReadAhead;
import io.eventful.edge.Reply;
import io.eventful.edge.RequestHead;
import io.eventful.edge.UpstreamException;
import io.eventful.event.Change;
import io.eventful.event.Item;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.KeyClaim;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of a captured call that must not be lost: the item's lane is taken, the intent is made durable, the call is
 * sent, and its outcome is made durable. Runs on a virtual thread.
 */
record JournaledCall(
        Tools tools,
        Call call,
        CapturePlan plan,
        Write write,
        @Nullable KeyClaim kept,
        MemoryBudget.Share held) {

    /** What a call holds besides its bodies: heads, a thread's stack. */
    static final int OVERHEAD = 16_384;

    /** @param body of the request, as far as it is read */
    CallEnd serve(Body body) throws InterruptedException, StoreFailedException {
        held.hold(OVERHEAD + size(body));
        Digest digest = body instanceof Body.Whole
                ? Waiting.edge(call.requestDigest())
                : new Digest(head().fields().contentLength(), "");
        if (kept != null) return serve(body, digest, kept);
        return switch (tools.idempotency().admit(head(), plan, body, digest)) {
            case Admission.Refused(Answer answer) -> new CallEnd.Refused(answer);
            case Admission.Granted granted -> {
                try (granted) {
                    yield serve(body, digest, granted.claim());
                }
            }
        };
    }

    private CallEnd serve(Body body, Digest digest, @Nullable KeyClaim key)
            throws InterruptedException, StoreFailedException {
        Content request = tools.documents().read(body, digest, head().fields(), plan.options());
        return inTurn((item, turn, before) -> {
            Journal journal = open(draft(item, turn, before, request, digest, key), turn);
            return send(turn, journal, before, request, OVERHEAD + size(body));
        });
    }

    /** A client that waits to be told to send its body is told so when the intent is durable. */
    CallEnd serveOnHead() throws InterruptedException, StoreFailedException {
        return inTurn((item, turn, before) -> {
            Digest announced = new Digest(head().fields().contentLength(), "");
            Journal journal = open(draft(item, turn, before, Content.unknown("not-read"), announced, null), turn);
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
            return send(turn, journal, before, request, OVERHEAD + size(body));
        });
    }

    /** What is done in the item's turn, when the item before is known and its condition holds. */
    @FunctionalInterface
    private interface Sending {
        CallEnd send(Item item, Turn turn, Content before) throws InterruptedException, StoreFailedException;
    }

    private CallEnd inTurn(Sending sending) throws InterruptedException, StoreFailedException {
        Item item = plan.item(write.subject(), head());
        try (Turn turn = turn(item).holding(held)) {
            Content before = before(item, turn);
            Optional<Answer> unmet = unmet(item, turn);
            return unmet.isPresent() ? new CallEnd.Refused(unmet.get()) : sending.send(item, turn, before);
        }
    }

    private CallEnd send(Turn turn, Journal journal, Content before, Content request, int used)
            throws InterruptedException {
        Reply reply;
        try {
            reply = Waiting.edge(call.forward(plan.options().upstream(), ahead(journal)));
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

    /** What {@link Answered} is going to read. */
    private ReadAhead ahead(Journal journal) {
        return status -> Answered.reads(status, journal, plan) ? plan.options().bodyLimit() : 0;
    }

    private Turn turn(Item item) throws InterruptedException {
        if (!write.isOnItem()) return Turn.alone();
        if (plan.options().order() == Change.Order.OBSERVED) return Turn.observed();
        Lanes.Place place = tools.lanes().queue(item);
        try {
            return place.await(kept == null ? plan.options().laneWait() : Lanes.FOREVER)
                    ? Turn.at(place)
                    : Turn.ahead(place);
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

    private Optional<Answer> unmet(Item item, Turn turn) throws StoreFailedException {
        try {
            return Preconditions.unmet(plan, write, item, turn, head().fields(), tools.ledger());
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
                head().fields().traceparent().orElse(null),
                options.items() == null ? null : Batch.causation(tools.clock().instant(), head(), digest),
                key);
    }

    private Journal open(IntentDraft draft, Turn turn) throws InterruptedException, StoreFailedException {
        // A key is kept with its intent, whatever the route's guarantee.
        if (draft.guarantee() != Change.Guarantee.INTENT) return new Journal.Unwritten(tools.ledger(), draft);
        return Journal.intended(tools, draft, turn);
    }

    private Fields position(Optional<Change> change) {
        return plan.options().position() == CaptureOptions.Position.EXPOSED && change.isPresent()
                ? Fields.NONE.and(OwnNames.POSITION, String.valueOf(change.get().position()))
                : Fields.NONE;
    }

    private RequestHead head() {
        return call.head();
    }

    static int size(Body body) {
        return switch (body) {
            case Body.Whole(byte[] bytes) -> bytes.length;
            case Body.Partial(byte[] beginning) -> beginning.length;
        };
    }
}
