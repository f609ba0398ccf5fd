package io.eventful.delivery;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends stored publications again, as jobs that survive a restart. No route runs again. Calls block on the store. */
public interface Replays {

    /**
     * Begins a replay; it is durable when this returns.
     *
     * @param from first ledger position ({@code 0}: the start) or earliest RFC 3339 time, inclusive
     * @param to last position or latest time, inclusive, of the same kind as {@code from}; null for the present head
     * @param types event types; empty for all
     * @param subject one subject; null for all
     * @return empty when there is no such subscription
     * @throws IllegalArgumentException when the range cannot be read; the message is for the caller
     */
    Optional<Replay> create(
            String subscription, String from, @Nullable String to, List<String> types, @Nullable String subject);

    Optional<Replay> find(String id);
}
