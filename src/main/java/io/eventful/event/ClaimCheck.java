package io.eventful.event;

/** The claim check pattern: an event that is too large contains a link to the state instead of the state. */
final class ClaimCheck {

    /** The {@code reason} of such an event. */
    static final String REASON = "claim-check";

    private ClaimCheck() {}

    /**
     * The item after the change; for a delete, its last known state. Any other change that left no item has none, so that
     * who stores the last state that he got does not keep an item that is gone.
     */
    static Image state(Change change) {
        boolean deleted = change.action().equals(EventType.DELETED) && change.after() instanceof Image.Absent;
        return deleted ? change.before() : change.after();
    }

    /** Whether the data of a change may be large, as the item before or after it is known. */
    static boolean isOfKnown(Change change) {
        Image image = change.after() instanceof Image.Absent ? change.before() : change.after();
        return image instanceof Image.Known;
    }
}
