package io.eventful.admin;

import io.eventful.event.Change;
import io.eventful.ledger.Ledger;

/** A change that a request speaks of by its position. */
final class KnownChange {

    private KnownChange() {}

    /** The change at a position; throws a 410 for one that retention has removed, and a 404 where none ever was. */
    static Change at(Ledger ledger, long position) {
        return ledger.at(position).orElseThrow(() -> none(ledger, position));
    }

    private static ApiProblem none(Ledger ledger, long position) {
        return position > 0 && position <= ledger.head()
                ? new ApiProblem(
                        410,
                        "Change removed",
                        "This change is older than the retention period and was removed (eventful.ledger.retention).")
                : new ApiProblem(404, "No such change", "The ledger has no change at this position.");
    }
}
