package io.eventful.event;

/** The claim check pattern: an event that is too large contains a link to the state instead of the state. */
final class ClaimCheck {

    /** The {@code reason} of such an event. */
    static final String REASON = "claim-check";

    private ClaimCheck() {}

    /** The item after the change; for a delete, its last known state. */
    static Image lastKnown(Change change) {
        return change.after() instanceof Image.Absent ? change.before() : change.after();
    }
}
