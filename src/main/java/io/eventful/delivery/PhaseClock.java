package io.eventful.delivery;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Notes when the phases of an attempt end. Belongs to the event loop of the attempt. */
final class PhaseClock {

    private final LongSupplier nanos;
    private final long begun;
    private long resolved;
    private long opening;
    private long connected;
    private long secured;
    private long answered;

    /** @param nanos the time, as {@link System#nanoTime} */
    PhaseClock(LongSupplier nanos) {
        this.nanos = nanos;
        begun = nanos.getAsLong();
    }

    /** Nanoseconds since the attempt began. */
    long passed() {
        return nanos.getAsLong() - begun;
    }

    void resolved() {
        resolved = nanos.getAsLong();
        opening = resolved;
    }

    /** The request is sent again: what its first connection took is no phase of the second one. */
    void again() {
        opening = nanos.getAsLong();
        connected = 0;
        secured = 0;
    }

    /** Whether that time lies after the one at which a connection was asked for. */
    boolean isSince(long at) {
        return at - opening > 0;
    }

    void connected() {
        connected = nanos.getAsLong();
    }

    void connected(long at) {
        connected = at;
    }

    boolean isConnected() {
        return connected != 0;
    }

    void secured(long at) {
        secured = at;
    }

    void answered() {
        answered = nanos.getAsLong();
    }

    Phases phases() {
        return new Phases(
                micros(begun, resolved),
                micros(opening, connected),
                micros(connected, secured),
                micros(secured == 0 ? connected : secured, answered),
                micros(begun, nanos.getAsLong()));
    }

    private static long micros(long from, long to) {
        return from == 0 || to == 0 ? -1 : TimeUnit.NANOSECONDS.toMicros(to - from);
    }
}
