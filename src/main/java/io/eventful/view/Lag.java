package io.eventful.view;

import java.time.Duration;

/**
 * How far a view is behind the ledger.
 *
 * @param watermark every change up to it that belongs to the view is in it
 * @param behind age of the oldest change that is not
 */
record Lag(long watermark, Duration behind) {
    static final Lag NONE = new Lag(0, Duration.ZERO);
}
