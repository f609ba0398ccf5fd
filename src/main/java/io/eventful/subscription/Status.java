package io.eventful.subscription;

/**
 * Where a subscription stands.
 *
 * @param state pending (consent outstanding), active, paused (by its owner), disabled (by its sink or by failures),
 *     deleted
 * @param reason short code; empty when active
 */
public record Status(State state, String reason) {

    /** The states of interface section 6, and deleted for listeners. */
    public enum State {
        PENDING,
        ACTIVE,
        PAUSED,
        DISABLED,
        DELETED
    }

    public static final Status ACTIVE = new Status(State.ACTIVE, "");

    /** Its owner wants it so. */
    public static final Status PAUSED = new Status(State.PAUSED, "paused-by-owner");
}
