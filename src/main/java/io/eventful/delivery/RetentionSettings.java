package io.eventful.delivery;

import io.eventful.config.Limits;
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

    private static final Limits LIMITS = new Limits("eventful.delivery.retention.");
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final long MOST_ROWS = 1_000_000_000;

    public RetentionSettings {
        LIMITS.between("delivered", delivered, SHORTEST, LONGEST);
        LIMITS.between("dead", dead, SHORTEST, LONGEST);
        LIMITS.between("publications", publications, SHORTEST, LONGEST);
        LIMITS.between("delivered-rows", deliveredRows, 1000, MOST_ROWS);
        LIMITS.between("dead-rows", deadRows, 1, MOST_ROWS);
        LIMITS.between("publication-rows", publicationRows, 1000, MOST_ROWS);
    }
}
