package io.eventful.capture;

import io.eventful.capture.Waiting.StoreFailedException;
import io.eventful.edge.Answer;
import io.eventful.edge.Body;
import io.eventful.edge.Digest;
import io.eventful.edge.Problems;
import io.eventful.edge.RequestHead;
import io.eventful.ledger.KeyClaim;
import io.eventful.ledger.KeyState;
import io.eventful.ledger.Ledger;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Idempotency keys of captured writes: a repeat of a request gets the reply of the first, across restarts. A key is
 * durable with its call's intent and ends with its outcome, in the same transactions.
 */
final class Idempotency {

    private static final Logger log = LoggerFactory.getLogger(Idempotency.class);

    private static final int CHUNK = 500;
    private static final Admission UNKEYED = new Admission.Granted(null, () -> {});

    private final Ledger ledger;
    private final Clock clock;
    private final CaptureSettings.Idempotency limits;
    private final Repeats repeats;
    /** Keys of the calls of this process that are under way, from before their intents until their outcomes. */
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    Idempotency(Ledger ledger, Clock clock, CaptureSettings.Idempotency limits) {
        this.ledger = ledger;
        this.clock = clock;
        this.limits = limits;
        this.repeats = new Repeats(ledger);
    }

    /** How much of a request's body has to be read: all of it when it has a key. */
    int bodyLimit(RequestHead head, CaptureOptions options) {
        return IdempotencyKey.isIn(head.fields())
                ? Math.max(options.bodyLimit(), (int) limits.bodyLimit().toBytes())
                : options.bodyLimit();
    }

    /** The largest reply that is kept, in bytes. */
    int replyLimit() {
        return (int) limits.replyLimit().toBytes();
    }

    /**
     * Decides whether a call may be sent.
     *
     * @param digest of its body
     */
    Admission admit(RequestHead head, CapturePlan plan, Body body, Digest digest) throws StoreFailedException {
        if (!IdempotencyKey.isIn(head.fields())) return UNKEYED;
        Optional<IdempotencyKey> key = IdempotencyKey.of(head.fields());
        if (key.isEmpty()) return new Admission.Refused(Problems.badKey());
        if (body instanceof Body.Partial) return new Admission.Refused(Answers.tooLargeForKey(limits.bodyLimit()));
        KeyClaim claim = key.get().claim(head, plan, digest, clock.instant().plus(limits.expiry()));
        if (!running.add(claim.owner())) return new Admission.Refused(Answers.keyRunning());
        Runnable end = () -> running.remove(claim.owner());
        try {
            Optional<Answer> known = known(claim, plan.options());
            if (known.isEmpty()) return new Admission.Granted(claim, end);
            end.run();
            return new Admission.Refused(known.get());
        } catch (RuntimeException e) {
            end.run();
            throw new StoreFailedException(e);
        }
    }

    /** The claim of a call on its key; empty when it has none, or a malformed one. */
    Optional<KeyClaim> claim(RequestHead head, CapturePlan plan, Digest digest) {
        return IdempotencyKey.of(head.fields())
                .map(key -> key.claim(head, plan, digest, clock.instant().plus(limits.expiry())));
    }

    private Optional<Answer> known(KeyClaim claim, CaptureOptions options) {
        Optional<KeyState> state = ledger.keys().find(claim.owner(), clock.instant());
        if (state.isEmpty()) return Optional.empty();
        if (!state.get().fingerprint().equals(claim.fingerprint())) return Optional.of(Problems.keyOfAnother());
        return Optional.of(repeats.answer(state.get(), options.position()));
    }

    /** Frees expired keys and those beyond the limit, a chunk at a time. */
    void sweep() {
        ledger.keys().sweep(clock.instant(), limits.keys(), CHUNK).whenComplete((freed, failure) -> {
            if (failure != null) log.debug("capture.keys-not-swept reason=\"{}\"", Reasons.of(failure));
            else if (freed == CHUNK) sweep();
        });
    }
}
