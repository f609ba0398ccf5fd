package io.eventful.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replay is to send.
 *
 * @param from first ledger position ({@code 0}: the start) or earliest RFC 3339 time, inclusive
 * @param to last position or latest time, inclusive, of the same kind as {@code from}; null for the present head
 * @param types event types; empty for all
 * @param subject one subject; null for all
 * @param filters list of filters as of a subscription, all of which must be true beside the subscription's own; null
 *     for none
 * @param rate publications a second; null for what the limits allow
 */
public record ReplayWish(
        String from,
        @Nullable String to,
        List<String> types,
        @Nullable String subject,
        @Nullable JsonNode filters,
        @Nullable Integer rate) {

    static final ReplayWish EVERYTHING = new ReplayWish("0", null, List.of(), null);

    public ReplayWish {
        types = List.copyOf(types);
        if (filters != null && filters.isNull()) filters = null;
    }

    public ReplayWish(String from, @Nullable String to, List<String> types, @Nullable String subject) {
        this(from, to, types, subject, null, null);
    }
}
