package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.RequestRecord;
import io.eventful.event.Subjects;

/**
 * Changes of items that nobody has named: they are told at the path of the collection that was posted to, and say nothing of
 * what is seen there.
 */
final class Unnamed {

    private Unnamed() {}

    static boolean is(Change change) {
        RequestRecord request = change.request();
        if (request == null || !request.method().equals("POST")) return false;
        boolean creates =
                change.action().equals(EventType.CREATED) || change.action().equals(EventType.REVERSED);
        // An action is posted to a path below its item, and an item that was made has another path than its collection.
        return change.outcome() == Change.Outcome.UNKNOWN && creates
                || Subjects.normalise(request.target()).equals(change.subject());
    }
}
