package io.eventful.ledger;

import org.jspecify.annotations.Nullable;

/** Causes of changes, some of which are changes themselves. */
final class Causes {

    private Causes() {}

    /** The position of the change that is a cause; 0 when it is none. */
    static long position(@Nullable String causation) {
        return causation != null && causation.matches("[1-9][0-9]{0,17}") ? Long.parseLong(causation) : 0;
    }
}
