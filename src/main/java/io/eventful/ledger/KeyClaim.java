package io.eventful.ledger;

import java.time.Instant;

/**
 * The claim of a call on its idempotency key (draft-ietf-httpapi-idempotency-key-header-07). Neither the key nor a
 * credential can be told from it.
 *
 * @param owner hash of the caller's credential, the method, the target and the key
 * @param fingerprint hash of the request, salted with the key
 * @param expires when the key is free again
 */
public record KeyClaim(String owner, String fingerprint, Instant expires) {}
