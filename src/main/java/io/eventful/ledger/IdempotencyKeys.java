package io.eventful.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The idempotency keys of captured calls: each is written with its call's intent and ends with it. */
public interface IdempotencyKeys {

    /** Who holds a key at a time; empty when it is free. */
    Optional<KeyState> find(String owner, Instant now);

    /**
     * Frees keys: those that have expired, and the oldest ones beyond a number. Those of open calls stay.
     *
     * @param most keys that stay
     * @param limit keys that are freed at most
     * @return how many were freed
     */
    CompletableFuture<Integer> sweep(Instant now, long most, int limit);

    /** Frees one key, unless its call is open; false when there was none to free. Completes when that is durable. */
    CompletableFuture<Boolean> forget(String owner);
}
