package io.eventful.ledger;

import java.time.Instant;

/** Times as nanoseconds since 1970, from 1677 to 2262. */
final class Times {

    private static final long NANOS = 1_000_000_000L;

    private Times() {}

    /** The nearest that can be written, for times beyond. */
    static long nanos(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
        } catch (ArithmeticException beyond) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
