package io.eventful.command;

import io.eventful.edge.Call;
import io.eventful.edge.Digest;
import io.eventful.event.Item;
import io.eventful.ledger.KeyClaim;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A write that may be answered before it is done.
 *
 * @param mode who decides
 * @param item what it writes; of a create, the collection
 * @param order whether it waits for earlier commands of the item
 * @param upstream where it goes
 * @param laneWait how long a write that is not deferred waits for commands before it
 * @param key whether it has an {@code Idempotency-Key}
 * @param claim its claim on the key, by the digest of its body; empty when there is no key, or a malformed one
 * @param now serves a call as any captured write
 */
public record Submission(
        Mode mode,
        Item item,
        Order order,
        String upstream,
        Duration laneWait,
        Key key,
        Function<Digest, Optional<KeyClaim>> claim,
        Consumer<Call> now) {

    /** Who decides that the answer comes first. */
    public enum Mode {
        /** The caller, with {@code Prefer: respond-async}. */
        PREFER,
        /** The route: it always does. */
        ASYNC
    }

    /** Whether commands of one item wait for each other. */
    public enum Order {
        SUBJECT,
        NONE
    }

    /** Whether there is an {@code Idempotency-Key}. */
    public enum Key {
        GIVEN,
        NONE
    }
}
