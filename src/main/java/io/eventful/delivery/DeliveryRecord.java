package io.eventful.delivery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as people see it.
 *
 * @param event id of the event
 * @param type type of the event
 * @param position of the change in the ledger; 0 when there is none
 * @param replay id of the replay that sends it again; null for a first delivery
 * @param nextAttempt when it is tried next; null when it has ended, is held, or waits behind another of its subject
 * @param reason why it failed, as a short code; empty otherwise
 * @param log its attempts, oldest first; empty in lists
 */
public record DeliveryRecord(
        String id,
        String subscription,
        String channel,
        String event,
        String type,
        @Nullable String subject,
        long position,
        @Nullable String replay,
        State state,
        int attempts,
        @Nullable Instant nextAttempt,
        Instant createdAt,
        Instant updatedAt,
        String reason,
        List<AttemptRecord> log) {

    /** The same, tried at this time at the earliest if it is to be tried. */
    DeliveryRecord notBefore(Instant time) {
        if (nextAttempt == null || !time.isAfter(nextAttempt)) return this;
        return new DeliveryRecord(
                id,
                subscription,
                channel,
                event,
                type,
                subject,
                position,
                replay,
                state,
                attempts,
                time,
                createdAt,
                updatedAt,
                reason,
                log);
    }

    /** Where a delivery stands. */
    public enum State {
        /** Not tried yet, or in flight. */
        PENDING,
        DELIVERED,
        /** Its last attempt failed; it is tried again. */
        FAILED,
        /** A dead letter: given up. */
        DEAD,
        /** Waits until its subscription is active. */
        HELD
    }
}
