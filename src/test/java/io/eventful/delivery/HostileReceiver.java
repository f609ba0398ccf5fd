package io.eventful.delivery;

import io.eventful.delivery.DeliveryRecord.State;
import org.jspecify.annotations.Nullable;

/**
 * One of the kit of receivers that harm.
 *
 * @param status that the log must show; null when there was none
 * @param reason of the attempt in the log
 * @param sink what was called, when its bytes are counted
 */
record HostileReceiver(
        String name,
        Ends ends,
        String url,
        State state,
        @Nullable Integer status,
        String reason,
        Reached reached,
        @Nullable RawSink sink) {

    /** How far an attempt came: the last of its phases that ended. */
    enum Reached {
        DNS,
        CONNECT,
        TLS,
        HEAD
    }

    /** What an attempt ends by. */
    enum Ends {
        /** What the receiver does. */
        ITSELF,
        DEADLINE
    }

    @Override
    public String toString() {
        return name;
    }
}
