package io.eventful.ledger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How long the ledger keeps what.
 *
 * @param retention which changes are removed, and when that is looked at
 */
@ConfigurationProperties("eventful.ledger")
public record LedgerSettings(@DefaultValue Retention retention) {

    /**
     * Without age and size everything is kept.
     *
     * @param age changes older than this may go; null: none for their age
     * @param size bytes of documents beyond which the oldest changes may go; null: none for the ledger's size
     * @param interval time between two looks
     */
    public record Retention(
            @Nullable Duration age,
            @Nullable DataSize size,
            @DefaultValue("1h") Duration interval) {
        public Retention {
            if (age != null && (age.isNegative() || age.isZero()))
                throw new IllegalArgumentException("eventful.ledger.retention.age is " + age
                        + "; use a duration above 0, such as 90d, or remove it to keep everything");
            if (size != null && size.toBytes() < 1)
                throw new IllegalArgumentException("eventful.ledger.retention.size is " + size
                        + "; use a size above 0, such as 10GB, or remove it to keep everything");
            if (interval.isNegative() || interval.isZero())
                throw new IllegalArgumentException(
                        "eventful.ledger.retention.interval is " + interval + "; use a duration above 0, such as 1h");
        }

        boolean isOn() {
            return age != null || size != null;
        }
    }
}
