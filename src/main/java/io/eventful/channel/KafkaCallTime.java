package io.eventful.channel;

import java.time.Duration;

/**
 * How long a call to the cluster may take. A call that ends unanswered costs the client its connection, so one that needs
 * several answers of a slow cluster would never get the last: the next one may take twice as long.
 */
final class KafkaCallTime {

    private static final int MOST = 8;

    private final int least;
    private int factor = 1;

    /** @param least milliseconds that a call may always take */
    KafkaCallTime(int least) {
        this.least = least;
    }

    int millis() {
        return least * factor;
    }

    void missed() {
        factor = Math.min(MOST, 2 * factor);
    }

    /**
     * A call was answered. One answer alone may be quick where the next call needs several, so the time shrinks only when
     * much of it was not needed.
     */
    void answered(Duration taken) {
        if (taken.toMillis() * MOST < millis()) factor = Math.max(1, factor / 2);
    }
}
