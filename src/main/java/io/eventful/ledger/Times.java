package io.eventful.ledger;

import java.time.Instant;

/** Times as nanoseconds since 1970, from 1677 to 2262. */
final class Times {

    private static final long NANOS = 1_000_000_000L;

    private Times() {}

    static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
