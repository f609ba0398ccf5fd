package io.eventful.delivery;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is done is kept, and how much of it; whatever bound is met first. What waits, is held, or is still to be
 * replayed is never forgotten, nor is the event of a dead letter that is kept.
 *
 * @param delivered deliveries that succeeded, and their attempts; 1 min to 10 years
 * @param dead dead letters with their events; 1 min to 10 years
 * @param publications events as they were published, for replays and late subscriptions; 1 min to 10 years
 * @param deliveredRows rows of the log of deliveries, 1,000 to a billion
 * @param deadRows dead letters, 1 to a billion
 * @param publicationRows publications, 1,000 to a billion
 */
public record RetentionSettings(
        @DefaultValue("7d") Duration delivered,
        @DefaultValue("90d") Duration dead,
        @DefaultValue("90d") Duration publications,
        @DefaultValue("10000000") long deliveredRows,
        @DefaultValue("1000000") long deadRows,
        @DefaultValue("10000000") long publicationRows) {

    private static final String PREFIX = "eventful.delivery.retention.";
    private static final long MOST_ROWS = 1_000_000_000;

    public RetentionSettings {
        between("delivered", delivered);
        between("dead", dead);
        between("publications", publications);
        between("delivered-rows", deliveredRows, 1000);
        between("dead-rows", deadRows, 1);
        between("publication-rows", publicationRows, 1000);
    }

    private static void between(String key, Duration value) {
        if (value.compareTo(Duration.ofMinutes(1)) < 0 || value.compareTo(Duration.ofDays(3650)) > 0)
            throw new IllegalArgumentException(PREFIX + key + " is " + value + ": give a duration from 1m to 3650d");
    }

    private static void between(String key, long value, long least) {
        if (value < least || value > MOST_ROWS)
            throw new IllegalArgumentException(
                    PREFIX + key + " is " + value + ": give a number from " + least + " to " + MOST_ROWS);
    }
}
