package io.eventful.event;

import org.jspecify.annotations.Nullable;

/**
 * Changes of items that nobody has named: they are told at the path of the collection that was posted to, and say nothing of
 * what is seen there.
 */
public final class Unnamed {

    private Unnamed() {}

    public static boolean is(Change change) {
        RequestRecord request = change.request();
        boolean posted = request != null && request.method().equals("POST");
        // A webhook is posted to the gateway.
        if (request == null || !posted || change.action().equals(EventType.RECEIVED)) return false;
        // An action is posted to a path below its item, and an item that was made has another path than its collection.
        return change.outcome() == Change.Outcome.UNKNOWN && isMade(change.action(), request)
                || Subjects.normalise(request.target()).equals(change.subject());
    }

    /**
     * Whether a call makes an item of which only the reply tells the path: until then it is told at its collection.
     *
     * @param action of the call
     * @param request its head; null when no call is known
     */
    public static boolean isMade(String action, @Nullable RequestRecord request) {
        boolean makes = action.equals(EventType.CREATED) || action.equals(EventType.REVERSED);
        return makes && request != null && request.method().equals("POST");
    }
}
