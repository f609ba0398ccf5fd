package io.eventful.ledger;

import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.RequestRecord;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known before a captured call goes out.
 *
 * @param item the item, or its collection for a create whose id is not yet known
 * @param resource noun for event types
 * @param action expected action; {@code created} for a POST on a collection
 * @param time when the call arrived
 * @param upstream name of the upstream
 * @param before the item before, as far as known
 * @param expected the item that the call should lead to (a PUT's body, a patched before-image); null when not known
 * @param request head of the call; null for a drift, which no call made
 * @param order whether the call holds its lane
 * @param guarantee the route's guarantee
 * @param traceparent W3C trace context
 * @param causation what caused the call
 * @param key its claim on an idempotency key, which is written with the intent; null without one
 */
public record IntentDraft(
        Item item,
        String resource,
        String action,
        Instant time,
        String upstream,
        Image before,
        @Nullable Image expected,
        @Nullable RequestRecord request,
        Change.Order order,
        Change.Guarantee guarantee,
        @Nullable String traceparent,
        @Nullable String causation,
        @Nullable KeyClaim key) {

    public IntentDraft(
            Item item,
            String resource,
            String action,
            Instant time,
            String upstream,
            Image before,
            @Nullable Image expected,
            @Nullable RequestRecord request,
            Change.Order order,
            Change.Guarantee guarantee,
            @Nullable String traceparent,
            @Nullable String causation) {
        this(
                item,
                resource,
                action,
                time,
                upstream,
                before,
                expected,
                request,
                order,
                guarantee,
                traceparent,
                causation,
                null);
    }

    /** The position of the change that the call takes back; empty for a call of another purpose. */
    public OptionalLong takesBack() {
        long position = action.equals(EventType.REVERSED) ? Causes.position(causation) : 0;
        return position == 0 ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /** The same with another cause; null: this one's stands. */
    IntentDraft causedBy(@Nullable String cause) {
        return cause == null
                ? this
                : new IntentDraft(
                        item,
                        resource,
                        action,
                        time,
                        upstream,
                        before,
                        expected,
                        request,
                        order,
                        guarantee,
                        traceparent,
                        cause,
                        key);
    }
}
