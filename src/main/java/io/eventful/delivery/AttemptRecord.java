package io.eventful.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as the log keeps it.
 *
 * @param number from 1
 * @param time when it began
 * @param status HTTP status; null when no whole reply came
 * @param head header fields of the reply as a JSON object; null when no whole reply came
 * @param reason short code; {@code delivered}, {@code status-500}, {@code timeout}, …
 */
public record AttemptRecord(
        int number,
        Instant time,
        Timing timing,
        @Nullable Integer status,
        @Nullable String head,
        String reason) {

    /**
     * Durations in microseconds; -1 for a phase that was not reached.
     *
     * @param total the whole attempt
     * @param dns name resolution
     * @param connect TCP, and the proxy's tunnel
     * @param tls TLS handshake; of attempts of earlier versions it is part of connect
     * @param firstByte from the request to the head of the reply
     */
    public record Timing(long total, long dns, long connect, long tls, long firstByte) {}
}
