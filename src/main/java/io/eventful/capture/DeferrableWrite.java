package io.eventful.capture;

import io.eventful.edge.Call;
import io.eventful.edge.Digest;
import io.eventful.edge.RequestHead;
import io.eventful.event.Item;
import io.eventful.ledger.KeyClaim;
import java.util.Optional;
import java.util.function.Consumer;

/** A captured write, as far as its head and its route tell. */
public final class DeferrableWrite {

    private final RequestHead head;
    private final CapturePlan plan;
    private final Write write;
    private final Idempotency idempotency;
    private final Consumer<Call> now;

    DeferrableWrite(RequestHead head, CapturePlan plan, Write write, Idempotency idempotency, Consumer<Call> now) {
        this.head = head;
        this.plan = plan;
        this.write = write;
        this.idempotency = idempotency;
        this.now = now;
    }

    /** Options of its route. */
    public CaptureOptions options() {
        return plan.options();
    }

    /** What it writes; of a create, the collection. */
    public Item item() {
        return plan.item(write.subject(), head);
    }

    /** True when it has a place in an order: creates have none, as there is no item yet that others could write. */
    public boolean isOrdered() {
        return write.kind() != Write.Kind.CREATE;
    }

    /** True when it has an {@code Idempotency-Key}, well-formed or not. */
    public boolean isKeyed() {
        return IdempotencyKey.isIn(head.fields());
    }

    /** The claim on its key; empty when there is no key, or a malformed one. */
    public Optional<KeyClaim> claim(Digest body) {
        return idempotency.claim(head, plan, body);
    }

    /** Serves the call at once, like any captured one. */
    public void serve(Call call) {
        now.accept(call);
    }
}
