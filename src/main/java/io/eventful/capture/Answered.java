package io.eventful.capture;

import io.eventful.capture.Waiting.StoreFailedException;
import io.eventful.edge.Body;
import io.eventful.edge.Call;
import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.Reply;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.ledger.KeptReply;
import io.eventful.ledger.Settlement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
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

    /** How long the rest of a request's body is waited for, of an upstream that replied before it had it all. */
    private static final long REST_OF_BODY_MILLIS = 200;

    /**
     * The change that came of the call; empty when none did, or when it is not durable yet.
     *
     * @param held the call's share of memory, of which {@code used} bytes are in use
     */
    Optional<Change> end(Reply reply, Content request, Content before, MemoryBudget.Share held, int used)
            throws InterruptedException {
        Journal ending = journal;
        Read read;
        try {
            Body body = reads(reply.status(), journal, plan) ? body(reply) : new Body.Partial(new byte[0]);
            held.hold(used + JournaledCall.size(body));
            read = read(reply, body);
            if (journal.draft().key() != null)
                ending = journal.replied(kept(read, tools.outcomes().asOfItem(sent(reply, read, request, before))));
        } catch (RuntimeException e) {
            return later(ending, reply, e);
        }
        if (!plan.options().success().contains(reply.status())) {
            Optional<Change> none = keep(ending, new Settlement.Refuted("status-" + reply.status()), reply.status());
            new Doubts(tools, plan, write, ending, turn).after(reply.status());
            return none;
        }
        if (write.isOnItem()) turn.ends(tools.endings().queue(plan.item(write.subject(), call.head())));
        boolean waits = journal.draft().guarantee() != Change.Guarantee.NONE;
        if (turn.mayEnd(waits ? tools.waiting().storeWait() : Duration.ZERO))
            return end(ending, reply, read, request, before);
        behind(ending, reply, read, request, before);
        return Optional.empty();
    }

    /** Each end on an item follows the one before: what it changes begins where that one has led. */
    private Optional<Change> end(Journal ending, Reply reply, Read read, Content request, Content before)
            throws InterruptedException {
        Settlement settlement;
        try {
            settlement = outcome(reply, read, request, before);
        } catch (StoreFailedException | RuntimeException e) {
            return later(ending, reply, e);
        }
        return keep(ending, settlement, reply.status());
    }

    /** Others have not ended yet, since the ledger does not take it: the reply is passed on, and the end follows theirs. */
    private void behind(Journal ending, Reply reply, Read read, Content request, Content before) {
        log.warn(
                "capture.earlier-outcomes-not-durable subject={} status={} then=\"this one is kept behind them\"",
                write.subject(),
                reply.status());
        Turn taken = turn.handOver();
        Answered last = new Answered(tools, plan, write, journal, taken, call);
        tools.settler().run(taken, () -> {
            if (!taken.mayEnd(Lanes.FOREVER)) return;
            Optional<Change> unused = last.end(ending, reply, read, request, before);
        });
    }

    private Optional<Change> later(Journal ending, Reply reply, Exception cause) {
        log.error(
                "capture.outcome-not-found subject={} status={} reason=\"{}\" then=\"the item is looked at later\"",
                write.subject(),
                reply.status(),
                Reasons.of(cause));
        turn.endsAnyTime();
        tools.settler().settle(new Question(ending, write.target(), plan.options()), turn.handOver());
        return Optional.empty();
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

    /** What was read of a reply's body. */
    private record Read(Body body, Digest digest, Content content) {}

    private Read read(Reply reply, Body body) throws InterruptedException {
        Digest digest = body instanceof Body.Whole
                ? Waiting.edge(reply.digest())
                : new Digest(reply.fields().contentLength(), "");
        return new Read(body, digest, tools.documents().read(body, digest, reply.fields(), plan.options()));
    }

    private @Nullable KeptReply kept(Read read, Sent sent) {
        return KeptReplies.of(
                sent.status(),
                sent.fields(),
                read.body(),
                sent.reply(),
                sent.options(),
                tools.idempotency().replyLimit());
    }

    private Settlement outcome(Reply reply, Read read, Content request, Content before)
            throws InterruptedException, StoreFailedException {
        Content own = turn.isObserved() ? latest(before) : turn.isOvertaken() ? last(before) : before;
        return tools.outcomes()
                .of(
                        sent(reply, read, request, own),
                        ImageSource.credentials(call.head().fields()));
    }

    private Sent sent(Reply reply, Read read, Content request, Content before) throws InterruptedException {
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
                journal.draft().time(),
                plan,
                write,
                turn,
                before,
                call.head(),
                whole,
                requestDigest,
                reply.status(),
                reply.fields(),
                read.digest(),
                read.content());
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

    /**
     * The item before a call that held no lane. Others may have written it since the call began, so the ledger is read
     * only now.
     */
    private Content latest(Content before) throws InterruptedException, StoreFailedException {
        if (!write.isOnItem()) return before;
        Fields fields = call.head().fields();
        return tools.befores().find(plan, write, plan.item(write.subject(), call.head()), turn, fields);
    }

    /**
     * The item before a call that was overtaken in its lane: as the ledger has it last, so that this change begins
     * where the overtaking one ended.
     */
    private Content last(Content before) {
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
