package io.eventful.claim;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How claim checks are given and honoured.
 *
 * @param expiry how long a link is good for from the moment its event was rendered: longer than the longest retry
 * @param concurrent states that are sent at a time; each is held in memory meanwhile, further requests wait
 * @param turnWait how long a request waits for its turn; then it is answered 503
 */
@ConfigurationProperties("eventful.claims")
public record ClaimSettings(
        @DefaultValue("7d") Duration expiry,
        @DefaultValue("4") int concurrent,
        @DefaultValue("10s") Duration turnWait) {

    public ClaimSettings {
        if (expiry.toSeconds() < 1)
            throw new IllegalArgumentException(
                    "eventful.claims.expiry is " + expiry + "; use a duration of at least 1s, such as 7d");
        if (concurrent < 1)
            throw new IllegalArgumentException("eventful.claims.concurrent is " + concurrent + "; use 1 or more");
        if (turnWait.isNegative())
            throw new IllegalArgumentException(
                    "eventful.claims.turn-wait is " + turnWait + "; use a duration such as 10s, or 0s for none");
    }
}
