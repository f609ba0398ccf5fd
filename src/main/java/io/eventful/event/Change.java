package io.eventful.event;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of one item, an entry of the ledger. The three event patterns are renderings of it.
 *
 * @param position global sequence number in the ledger, from 1; readers see no gaps
 * @param item the changed item
 * @param revision gapless sequence number within the item, from 1
 * @param resource resource name, the first part of the event types, such as {@code customer}
 * @param action {@code created}, {@code updated}, {@code deleted}, an action's name, {@code drifted}, {@code reversed}
 * @param time time at which the outcome was known
 * @param outcome whether the upstream is known to have applied it
 * @param order whether the change held the lane of its subject
 * @param guarantee how the change was protected against a crash
 * @param before the item before the change
 * @param after the item after the change
 * @param patch JSON Patch (RFC 6902) from before to after; null if one of them is not known
 * @param inverse JSON Patch from after to before, guarded by {@code test} operations; null if not reversible
 * @param beforeDigest {@code sha-256:<hex>} of the canonical form of the item before; null if not known
 * @param afterDigest the same for the item after
 * @param request the call that made the change; null for a drift
 * @param response the reply; null if none arrived
 * @param traceparent W3C trace context of the call
 * @param causation id or position of the cause of this change
 * @param reason short code of why something is unknown or incomplete
 */
public record Change(
        long position,
        Item item,
        long revision,
        String resource,
        String action,
        Instant time,
        Outcome outcome,
        Order order,
        Guarantee guarantee,
        Image before,
        Image after,
        @Nullable ArrayNode patch,
        @Nullable ArrayNode inverse,
        @Nullable String beforeDigest,
        @Nullable String afterDigest,
        @Nullable RequestRecord request,
        @Nullable ResponseRecord response,
        @Nullable String traceparent,
        @Nullable String causation,
        @Nullable String reason) {

    /** Whether the upstream is known to have applied a call. */
    public enum Outcome {
        CONFIRMED,
        UNKNOWN
    }

    /** Whether a change held the lane of its subject ({@code LANE}) or was sent without waiting for it ({@code OBSERVED}). */
    public enum Order {
        LANE,
        OBSERVED
    }

    /** What is durable: the intent before the call and the outcome before the reply, only the outcome, or neither. */
    public enum Guarantee {
        INTENT,
        OUTCOME,
        NONE
    }

    /** Canonical path of the item. */
    public String subject() {
        return item.subject();
    }

    /** True if the inverse patch restores the previous state of the item; never of an item that nobody has named. */
    public boolean reversible() {
        return inverse != null && !Unnamed.is(this);
    }

    /** The change as the admin API shows it; also used by Jackson. */
    @JsonValue
    public JsonNode toJson() {
        return ChangeJson.tree(this);
    }

    /** Identifies the change without its content. */
    @Override
    public String toString() {
        return "Change[position=" + position + ", item=" + item + ", revision=" + revision + ", action=" + action
                + ", outcome=" + outcome + ']';
    }
}
