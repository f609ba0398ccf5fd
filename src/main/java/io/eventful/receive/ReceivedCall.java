package io.eventful.receive;

import io.eventful.edge.Answer;
import io.eventful.edge.Body;
import io.eventful.edge.Call;
import io.eventful.edge.CallAbortedException;
import io.eventful.edge.Digest;
import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import io.eventful.event.Change;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to a door, from its head to its answer: nothing is read before the head gives reason to, nothing is parsed
 * before it is known to be genuine, and success is told only when all of it is durable. Runs on a virtual thread.
 */
final class ReceivedCall implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(ReceivedCall.class);
    private static final int MAX_ID = 1_024;

    private final Call call;
    private final Door door;
    private final Keeper keeper;
    private final Budget budget;
    private final Duration storeWait;
    private final Clock clock;

    ReceivedCall(Call call, Door door, Keeper keeper, Budget budget, Duration storeWait, Clock clock) {
        this.call = call;
        this.door = door;
        this.keeper = keeper;
        this.budget = budget;
        this.storeWait = storeWait;
        this.clock = clock;
    }

    /** How a request ends. */
    private sealed interface End {
        record Kept(int fresh, int repeated, long position) implements End {}

        record Told(Answer answer, String what) implements End {}

        record Refused(Refusal refusal, long retryAfterSeconds) implements End {}
    }

    @Override
    public void run() {
        long started = System.nanoTime();
        try {
            End end = serve();
            log(end, started);
            call.answer(answer(end));
        } catch (CallAbortedException e) {
            log.debug("receive.aborted path={}", door.path());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | OutOfMemoryError e) {
            // A document may need more memory than there is; its sender must hear that it is to come again.
            log.error(
                    "receive.failed path={} provider={}",
                    door.path(),
                    door.provider().name(),
                    e);
            call.answer(answer(refused(Refusal.Kind.UNAVAILABLE, "failed")));
        }
    }

    private End serve() throws InterruptedException {
        RequestHead head = call.head();
        if (head.method().equals("OPTIONS") && door.provider().consents())
            return new End.Told(Consent.answer(head.fields(), door.options()), "consent");
        if (!head.method().equals("POST")) return refused(Refusal.Kind.METHOD, "method");
        Fields fields = head.fields();
        if (door.provider().verifier().screen(fields, clock.instant()) instanceof Verdict.Refused(Refusal refusal))
            return new End.Refused(refusal, 0);
        String coding = fields.first("content-encoding").orElse("identity").strip();
        if (!coding.equalsIgnoreCase("identity")) return refused(Refusal.Kind.MEDIA_TYPE, "content-coding");
        if (!door.provider().reader().takes(MediaType.of(fields)))
            return refused(Refusal.Kind.MEDIA_TYPE, "media-type");
        int limit = door.options().bodyLimit();
        if (fields.contentLength() > limit) return refused(Refusal.Kind.TOO_LARGE, "body-over-limit");
        Body body = edge(call.body(limit));
        if (!(body instanceof Body.Whole(byte[] bytes))) return refused(Refusal.Kind.TOO_LARGE, "body-over-limit");
        int share = budget.take(bytes.length);
        if (share == 0) return refused(Refusal.Kind.UNAVAILABLE, "memory-used-up");
        try {
            return receive(head, bytes);
        } finally {
            budget.give(share);
        }
    }

    private End receive(RequestHead head, byte[] bytes) throws InterruptedException {
        Fields fields = head.fields();
        if (door.provider().verifier().verify(fields, bytes, clock.instant()) instanceof Verdict.Refused(Refusal no))
            return new End.Refused(no, 0);
        Optional<Duration> wait = door.rate().take();
        if (wait.isPresent())
            return new End.Refused(
                    new Refusal(Refusal.Kind.TOO_MANY, "rate"), wait.get().toSeconds());
        return switch (read(fields, bytes)) {
            case Reading.Unreadable(Refusal refusal) -> new End.Refused(refusal, 0);
            case Reading.Handshake(var json) -> new End.Told(Answers.json(json), "handshake");
            case Reading.Deliveries(List<Delivery> deliveries) -> keep(deliveries, head);
        };
    }

    private Reading read(Fields fields, byte[] bytes) {
        try {
            return door.provider().reader().read(fields, bytes);
        } catch (IllegalArgumentException e) {
            // Its message may quote the body, as that of a URL decoder does.
            log.debug(
                    "receive.unreadable path={} reason={}",
                    door.path(),
                    e.getClass().getSimpleName());
            return Reading.malformed("body-malformed");
        }
    }

    private End keep(List<Delivery> deliveries, RequestHead head) throws InterruptedException {
        if (deliveries.stream().anyMatch(delivery -> delivery.id().length() > MAX_ID))
            return refused(Refusal.Kind.MALFORMED, "delivery-id-too-long");
        Digest digest = edge(call.requestDigest());
        long deadline = System.nanoTime() + storeWait.toNanos();
        List<CompletableFuture<Optional<Change>>> pending = new ArrayList<>(deliveries.size());
        int fresh = 0;
        long position = 0;
        try {
            for (Delivery delivery : deliveries)
                pending.add(keeper.keep(door, delivery, head, digest, until(deadline)));
            for (CompletableFuture<Optional<Change>> one : pending) {
                Optional<Change> change = one.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (change.isEmpty()) continue;
                fresh++;
                position = Math.max(position, change.get().position());
            }
        } catch (TimeoutException | ExecutionException | RuntimeException e) {
            log.debug("receive.not-durable path={}", door.path(), e);
            return refused(Refusal.Kind.UNAVAILABLE, "ledger-failed");
        }
        return new End.Kept(fresh, deliveries.size() - fresh, position);
    }

    /** All deliveries of a request share its wait for the store. */
    private static Duration until(long deadline) throws TimeoutException {
        long left = deadline - System.nanoTime();
        if (left <= 0) throw new TimeoutException("the store has taken too long already");
        return Duration.ofNanos(left);
    }

    private static End refused(Refusal.Kind kind, String reason) {
        return new End.Refused(new Refusal(kind, reason), kind == Refusal.Kind.UNAVAILABLE ? 1 : 0);
    }

    private Answer answer(End end) {
        return switch (end) {
            case End.Kept kept -> new Answer(door.provider().success(), Fields.NONE, new byte[0]);
            case End.Told(Answer answer, String what) -> answer;
            case End.Refused(Refusal refusal, long retryAfter) ->
                Answers.refusal(refusal.kind(), door.provider(), retryAfter);
        };
    }

    private void log(End end, long started) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        String path = door.path();
        String provider = door.provider().name();
        switch (end) {
            case End.Kept(int fresh, int repeated, long position) ->
                log.debug(
                        "receive.kept path={} provider={} new={} repeated={} position={} millis={}",
                        path,
                        provider,
                        fresh,
                        repeated,
                        position,
                        millis);
            case End.Told(Answer answer, String what) ->
                log.info("receive.answered path={} provider={} result={} millis={}", path, provider, what, millis);
            case End.Refused(Refusal refusal, long retryAfter) ->
                log.warn(
                        "receive.refused path={} provider={} status={} reason={} remote={} millis={}",
                        path,
                        provider,
                        refusal.kind().status(),
                        refusal.reason(),
                        call.head().remote(),
                        millis);
        }
    }

    private static <T> T edge(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }
}
