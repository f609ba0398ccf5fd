package io.eventful.capture;

import io.eventful.capture.Waiting.StoreFailedException;
import io.eventful.edge.Answer;
import io.eventful.edge.Body;
import io.eventful.edge.Call;
import io.eventful.edge.CallAbortedException;
import io.eventful.edge.Fields;
import io.eventful.edge.Reply;
import io.eventful.edge.RequestHead;
import io.eventful.edge.UpstreamException;
import io.eventful.ledger.KeyClaim;
import io.eventful.ledger.KeyInUseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One captured call, from its head to its answer: the body is read, the call is {@linkplain JournaledCall journaled}, on
 * a virtual thread, and only then the caller is answered.
 */
final class CapturedCall implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(CapturedCall.class);

    /** Bytes that are held for a body that does not tell its size, until it has come. */
    private static final int UNTOLD = 16_384;

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

    /** On the event loop: a thread is spent on the call when its body is there, or its client waits to be asked for it. */
    void start(Executor threads) {
        MemoryBudget.Share held = share();
        if (held == null) return;
        if (isServedOnHead()) {
            begin(threads, held, null);
            return;
        }
        call.body(bodyLimit()).whenComplete((body, failure) -> {
            if (failure != null) aborted(held, failure);
            else if (held.fits(JournaledCall.OVERHEAD + JournaledCall.size(body))) begin(threads, held, body);
            else {
                held.close();
                refuse();
            }
        });
    }

    private void begin(Executor threads, MemoryBudget.Share held, @Nullable Body body) {
        try {
            threads.execute(() -> run(held, body));
        } catch (RejectedExecutionException closing) {
            held.close();
            call.answer(Answers.ending());
        }
    }

    /** Runs all of it on this, a virtual, thread. */
    @Override
    public void run() {
        MemoryBudget.Share held = share();
        if (held != null) run(held, null);
    }

    private MemoryBudget.@Nullable Share share() {
        Optional<MemoryBudget.Share> share = tools.memory().take(JournaledCall.OVERHEAD + expectedSize());
        if (share.isPresent()) return share.get();
        refuse();
        return null;
    }

    private void refuse() {
        log.warn("capture.refused method={} subject={} reason=\"memory is used up\"", head().method(), write.subject());
        call.answer(Answers.busy());
    }

    /** @param read the body; null when it is still to be read */
    private void run(MemoryBudget.Share held, @Nullable Body read) {
        CompletionStage<Void> end;
        try {
            end = answer(read, held);
        } catch (Error e) {
            held.close();
            throw e;
        }
        end.whenComplete((done, failure) -> {
            if (failure == null) held.close();
            else aborted(held, failure);
        });
    }

    /** The client went away, or what was to be passed on to it broke off. */
    private void aborted(MemoryBudget.Share held, Throwable failure) {
        log.debug(
                "capture.not-answered method={} subject={} reason=\"{}\"",
                head().method(),
                write.subject(),
                Reasons.of(failure));
        held.close();
    }

    /** The turn is over when the outcome is durable: a slow reader of the answer holds nobody up. */
    private CompletionStage<Void> answer(@Nullable Body read, MemoryBudget.Share held) {
        try {
            return switch (serve(held, read)) {
                case CallEnd.Replied(Reply reply, Fields extra) -> call.answer(reply, extra);
                case CallEnd.Failed(UpstreamException failure) -> call.answer(Answers.of(failure));
                case CallEnd.Refused(Answer answer) -> call.answer(answer);
            };
        } catch (StoreFailedException e) {
            log.warn(
                    "capture.refused method={} subject={} reason=\"the ledger failed: {}\"",
                    head().method(),
                    write.subject(),
                    Reasons.of(e));
            return call.answer(e.getCause() instanceof KeyInUseException ? Answers.keyRunning() : Answers.noLedger());
        } catch (CallAbortedException e) {
            return CompletableFuture.failedFuture(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(e);
        } catch (RuntimeException e) {
            log.error("capture.failed method={} subject={}", head().method(), write.subject(), e);
            return call.answer(Answers.failed());
        }
    }

    private boolean isServedOnHead() {
        return kept == null && head().fields().expectContinue() && !IdempotencyKey.isIn(head().fields());
    }

    private CallEnd serve(MemoryBudget.Share held, @Nullable Body read)
            throws InterruptedException, StoreFailedException {
        JournaledCall journaled = new JournaledCall(tools, call, plan, write, kept, held);
        if (isServedOnHead()) return journaled.serveOnHead();
        return journaled.serve(read == null ? Waiting.edge(call.body(bodyLimit())) : read);
    }

    private RequestHead head() {
        return call.head();
    }

    private int expectedSize() {
        int limit = bodyLimit();
        long length = head().fields().contentLength();
        if (length >= 0) return (int) Math.min(length, limit);
        // How large it is, is seen when it is there: until then the edge counts it.
        return head().fields().first("transfer-encoding").isPresent() ? Math.min(limit, UNTOLD) : 0;
    }

    private int bodyLimit() {
        return tools.idempotency().bodyLimit(head(), plan.options());
    }
}
