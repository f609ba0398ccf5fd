package io.eventful.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A reply that is kept with an idempotency key. What must not be kept has been taken out of it.
 *
 * @param status HTTP status code
 * @param head field lines, in a form of the caller's own
 * @param body null when it was too large to be kept, or may not be
 */
public record KeptReply(int status, byte[] head, byte @Nullable [] body) {}
