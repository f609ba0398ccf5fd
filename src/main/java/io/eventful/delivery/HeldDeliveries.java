package io.eventful.delivery;

/**
 * What becomes of the deliveries that a paused or disabled subscription holds. Calls block on the store, and fail with
 * {@link io.eventful.store.StoreUnavailableException} when it is unavailable.
 */
public interface HeldDeliveries {

    /**
     * Gives up what waits: dead letters with reason {@code dropped}, which can still be retried one by one. An attempt
     * under way is not interrupted. A catch-up ends where it is; only a replay sends what it had not come to.
     *
     * @return how many were given up
     */
    int drop(String subscription);

    /** From the resume on, at most so many per second go out, until what waits now has gone; survives a restart. */
    void slow(String subscription, int perSecond);

    /** Ends what {@link #slow} began. */
    void full(String subscription);

    /** What failed, or what the endpoint asked to wait with, is tried as soon as the subscription is active. */
    void tryNow(String subscription);
}
