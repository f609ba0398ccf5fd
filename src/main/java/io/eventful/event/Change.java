package io.eventful.event;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of one item: a ledger entry. The three patterns are renderings of it.
 *
 * @param position global number in the ledger, from 1, gaps never seen by a reader
 * @param item whose change it is
 * @param revision gapless number within the item, from 1
 * @param resource noun for event types, such as {@code customer}
 * @param action {@code created}, {@code updated}, {@code deleted}, an action's name, {@code drifted}, {@code reversed}
 * @param time when the outcome was known
 * @param outcome whether the REST system is known to have applied it
 * @param order whether the change held its subject's lane
 * @param guarantee how far the change was protected against a crash
 * @param before the item before
 * @param after the item after
 * @param patch RFC 6902 from before to after; null when either image is not known
 * @param inverse RFC 6902 from after to before, guarded by {@code test}; null when not reversible
 * @param beforeDigest {@code sha-256:<hex>} of the canonical form; null when not known
 * @param afterDigest the same of the item after
 * @param request the call that made the change; null for a drift
 * @param response the reply; null when none arrived
 * @param traceparent W3C trace context of the call
 * @param causation id or position of what caused this change
 * @param reason why something is unknown or incomplete, as a short code
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

    /** Whether the REST system is known to have applied a call. */
    public enum Outcome {
        CONFIRMED,
        UNKNOWN
    }

    /** Whether a change held its subject's lane ({@code LANE}) or went ahead of it ({@code OBSERVED}). */
    public enum Order {
        LANE,
        OBSERVED
    }

    /** What is durable when: the intent before the call, only the outcome before the reply, or neither. */
    public enum Guarantee {
        INTENT,
        OUTCOME,
        NONE
    }

    /** Canonical path of the item. */
    public String subject() {
        return item.subject();
    }

    /** True when the inverse brings the item back to where it was. */
    public boolean reversible() {
        return inverse != null;
    }

    /** The change as the admin API shows it; this is also how Jackson writes a change. */
    @JsonValue
    public JsonNode toJson() {
        return ChangeJson.tree(this);
    }

    /** Names the change without its content. */
    @Override
    public String toString() {
        return "Change[position=" + position + ", item=" + item + ", revision=" + revision + ", action=" + action
                + ", outcome=" + outcome + ']';
    }
}
