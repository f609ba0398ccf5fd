package io.eventful.receive;

import java.time.Duration;
import java.time.Instant;

/** The window in which a signed request may arrive; outside of it, it may be one that somebody kept and sends again. */
record Timestamps(Duration tolerance) {

    private static final int MAX_DIGITS = 12;

    /** Whether a text is whole seconds since 1970, and no further from now than the tolerance, on either side. */
    boolean accept(String text, Instant now) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) return false;
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        Duration distance = Duration.between(Instant.ofEpochSecond(Long.parseLong(text)), now)
                .abs();
        return distance.compareTo(tolerance) <= 0;
    }
}
