package io.eventful.event;

/** What an event that is too large says instead: where its state is. */
final class ClaimCheck {

    /** The reason of an event whose data would have been too large. */
    static final String REASON = "claim-check";

    private ClaimCheck() {}

    /** The item after the change, or, when there is none any more, as it was last. */
    static Image lastKnown(Change change) {
        return change.after() instanceof Image.Absent ? change.before() : change.after();
    }
}
