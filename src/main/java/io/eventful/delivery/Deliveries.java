package io.eventful.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log of deliveries and what can be done about one. Calls block on the store, and fail with {@link
 * io.eventful.store.StoreUnavailableException} when it is unavailable.
 */
public interface Deliveries {

    /**
     * Deliveries, newest first.
     *
     * @param after cursor of the page before; null for the first page
     * @throws IllegalArgumentException when the cursor is not one
     */
    Page list(Search wanted, @Nullable String after, int limit);

    /** The same of one subscription, in one state; null for all. */
    default Page list(
            @Nullable String subscription, DeliveryRecord.@Nullable State state, @Nullable String after, int limit) {
        return list(new Search(subscription, state, null, null), after, limit);
    }

    /** One delivery with its attempts. */
    Optional<DeliveryRecord> find(String id);

    /** Tries a delivery again at once; a dead letter gets its whole schedule again. */
    Retry retry(String id);

    /**
     * Tries many again at once, dead letters with their whole schedule. Each subscription's rate and order hold.
     *
     * @return how many are queued
     */
    long retry(Selection wanted);

    /**
     * Which deliveries; null and empty mean all.
     *
     * @param state dead or failed
     * @param reason code of the last failure
     * @param from earliest time the delivery was made at, inclusive
     * @param to latest such time, inclusive
     */
    record Selection(
            DeliveryRecord.State state,
            @Nullable String subscription,
            @Nullable String channel,
            List<String> types,
            @Nullable String subject,
            @Nullable String reason,
            @Nullable Instant from,
            @Nullable Instant to) {
        public Selection {
            types = List.copyOf(types);
        }
    }

    /**
     * What is looked for; null means all.
     *
     * @param position of the change in the ledger that its event tells of
     * @param event id of an event; without a position a page looks through so many deliveries that it may be empty and not
     *     the last one
     */
    record Search(
            @Nullable String subscription,
            DeliveryRecord.@Nullable State state,
            @Nullable Long position,
            @Nullable String event) {}

    /**
     * A page.
     *
     * @param next cursor of the next page; null when there is none
     */
    record Page(List<DeliveryRecord> items, @Nullable String next) {}

    /** What a wish for a retry led to. */
    enum Retry {
        QUEUED,
        UNKNOWN,
        /** It is delivered already. */
        DELIVERED,
        /** Its subscription is no more. */
        SUBSCRIPTION_GONE
    }
}
