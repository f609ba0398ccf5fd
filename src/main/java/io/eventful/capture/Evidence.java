package io.eventful.capture;

import io.eventful.capture.Waiting.StoreFailedException;
import io.eventful.edge.Body;
import io.eventful.edge.Call;
import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.Reply;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.UnavailableException;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.KeptReply;
import io.eventful.ledger.Settlement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a call and its reply tell, from which its outcome follows; as often as it is asked for.
 *
 * @param tools shared by all calls
 * @param plan that captured the call
 * @param write what it does
 * @param draft what the ledger holds of it
 * @param call the call
 * @param request what was read of its body
 * @param before the item before it
 * @param reply to it
 * @param read what was read of the reply's body
 */
record Evidence(
        Tools tools,
        CapturePlan plan,
        Write write,
        IntentDraft draft,
        Call call,
        Content request,
        Content before,
        Reply reply,
        Read read) {

    /** How long the rest of a request's body is waited for, of an upstream that replied before it had it all. */
    private static final long REST_OF_BODY_MILLIS = 200;

    /** What was read of a reply's body. */
    record Read(Body body, Digest digest, Content content) {}

    /** Reads the body of a reply as a document. */
    static Read read(Tools tools, CapturePlan plan, Reply reply, Body body) throws InterruptedException {
        Digest digest = body instanceof Body.Whole
                ? Waiting.edge(reply.digest())
                : new Digest(reply.fields().contentLength(), "");
        return new Read(body, digest, tools.documents().read(body, digest, reply.fields(), plan.options()));
    }

    int status() {
        return reply.status();
    }

    /** What repeats of the call are answered with; null when they are to be sent. */
    @Nullable
    KeptReply kept(Turn turn) throws InterruptedException {
        Sent sent = tools.outcomes().asOfItem(sent(turn, before));
        return KeptReplies.of(
                sent.status(),
                sent.fields(),
                read.body(),
                sent.reply(),
                sent.options(),
                tools.idempotency().replyLimit());
    }

    /** The outcome, while the caller waits and lends its credentials. */
    Settlement outcome(Turn turn) throws InterruptedException {
        return outcome(
                turn, tools.outcomes(), ImageSource.credentials(call.head().fields()));
    }

    /** The outcome, when the caller has the reply. */
    Settlement outcomeAfterwards(Turn turn) throws InterruptedException {
        return outcome(turn, tools.afterwards(), Fields.NONE);
    }

    /** The one item that a create has made, as far as the reply names it. */
    Optional<Item> made(Turn turn) throws InterruptedException {
        return write.kind() == Write.Kind.CREATE ? tools.outcomes().made(sent(turn, before)) : Optional.empty();
    }

    private Settlement outcome(Turn turn, Outcomes outcomes, Fields caller) throws InterruptedException {
        Content own = turn.isObserved() ? latest(turn) : turn.isOvertaken() ? last() : before;
        return outcomes.of(sent(turn, own), caller);
    }

    private Sent sent(Turn turn, Content own) throws InterruptedException {
        CaptureOptions options = plan.options();
        Digest requestDigest = requestDigest();
        // The digest of a body that was streamed is known only now.
        Content whole = request.image() instanceof Image.Unknown(String reason) && reason.equals(Documents.TOO_LARGE)
                ? tools.documents()
                        .read(
                                new Body.Partial(new byte[0]),
                                requestDigest,
                                call.head().fields(),
                                options)
                : request;
        return new Sent(
                draft.time(),
                plan,
                write,
                turn,
                own,
                call.head(),
                whole,
                requestDigest,
                reply.status(),
                reply.fields(),
                read.digest(),
                read.content());
    }

    /**
     * The item before a call that held no lane. Others may have written it since the call began, so the ledger is read
     * only now.
     */
    private Content latest(Turn turn) throws InterruptedException {
        if (!write.isOnItem()) return before;
        Fields fields = call.head().fields();
        try {
            return tools.befores().find(plan, write, plan.item(write.subject(), call.head()), turn, fields);
        } catch (StoreFailedException e) {
            throw new UnavailableException("the ledger cannot be written", e);
        }
    }

    /**
     * The item before a call that was overtaken in its lane: as the ledger has it last, so that this change begins
     * where the overtaking one ended.
     */
    private Content last() {
        Content last = tools.befores().last(plan.item(write.subject(), call.head()));
        return last.showsItem() ? last : before;
    }

    private Digest requestDigest() throws InterruptedException {
        CompletableFuture<Digest> digest = call.requestDigest().toCompletableFuture();
        try {
            // Nearly always it is there: then no timer is needed.
            return digest.isDone() ? digest.get() : digest.get(REST_OF_BODY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return new Digest(call.head().fields().contentLength(), "");
        }
    }
}
