package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.ledger.Ledger;
import java.util.List;
import java.util.stream.Stream;

/** How the callers of an item name it. */
final class EarlierCalls {

    /** How many of an item's changes are looked through for one of a call. */
    private static final int EARLIER = 100;

    private EarlierCalls() {}

    /** A change, and, since a drift is of no call, the first ones of its item. */
    static List<Change> of(Ledger ledger, Change change) {
        return Stream.concat(Stream.of(change), ledger.find(0, EARLIER, null, change.subject()).stream())
                .filter(other -> other.item().equals(change.item()))
                .toList();
    }
}
