package io.eventful.view;

import java.time.Duration;

/**
 * How far a view is behind the ledger.
 *
 * @param watermark all changes of the view up to this position are projected
 * @param behind age of the oldest change that is not projected
 */
record Lag(long watermark, Duration behind) {
    static final Lag NONE = new Lag(0, Duration.ZERO);
}
