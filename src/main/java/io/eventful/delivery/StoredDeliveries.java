package io.eventful.delivery;

import io.eventful.subscription.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log of deliveries in the store; what is still on its way there is written first. */
final class StoredDeliveries implements Deliveries {

    private static final int MOST = 1000;

    private final Core core;
    private final BulkRetry retry;

    StoredDeliveries(Core core, Retries retries) {
        this.core = core;
        this.retry = new BulkRetry(core, retries);
    }

    @Override
    public Page list(Search wanted, @Nullable String after, int limit) {
        Cursor cursor = Cursor.of(after);
        core.log().flush().join();
        Page page = core.database()
                .read(connection -> new DeliveryPages(connection, wanted).page(cursor, Math.clamp(limit, 1, MOST)));
        return new Page(page.items().stream().map(this::whenItsEndpointIsCalled).toList(), page.next());
    }

    @Override
    public Optional<DeliveryRecord> find(String id) {
        core.log().flush().join();
        return core.database()
                .read(connection -> DeliveryPages.find(connection, id))
                .map(this::whenItsEndpointIsCalled);
    }

    /** The store knows when a delivery is due; while its endpoint is not called, that passes without an attempt. */
    private DeliveryRecord whenItsEndpointIsCalled(DeliveryRecord one) {
        if (one.nextAttempt() == null) return one;
        Instant now = core.clock().instant();
        return core.lanes()
                .find(one.subscription())
                .map(lane -> lane.<Progress.@Nullable Endpoint>gate(gate -> gate.condition(now)))
                .map(Progress.Endpoint::until)
                .map(one::notBefore)
                .orElse(one);
    }

    @Override
    public Retry retry(String id) {
        DeliveryRecord known = find(id).orElse(null);
        if (known == null) return Retry.UNKNOWN;
        if (known.state() == DeliveryRecord.State.DELIVERED) return Retry.DELIVERED;
        if (core.lanes().find(known.subscription()).isEmpty()) return Retry.SUBSCRIPTION_GONE;
        core.database()
                .read(connection -> Revival.find(connection, id))
                .ifPresent(found -> retry.queue(List.of(found)));
        return Retry.QUEUED;
    }

    @Override
    public long retry(Selection wanted) {
        return retry.run(wanted);
    }
}
