package io.eventful.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A replay: stored publications that are sent again to one subscription.
 *
 * @param id also the value of extension {@code replay} on what it sends
 * @param state running, done, cancelled
 * @param from first ledger position, or earliest time
 * @param to last ledger position, or latest time; null for the head at its creation
 * @param types event types; empty for all
 * @param subject one subject; null for all
 * @param filters further filters; null for none
 * @param rate publications a second; null for what the limits allow
 * @param sent deliveries made so far
 */
public record Replay(
        String id,
        String subscription,
        State state,
        String from,
        @Nullable String to,
        List<String> types,
        @Nullable String subject,
        @Nullable JsonNode filters,
        @Nullable Integer rate,
        long sent,
        Instant createdAt,
        Instant updatedAt) {

    /** Where a replay stands. */
    public enum State {
        RUNNING,
        DONE,
        CANCELLED
    }
}
