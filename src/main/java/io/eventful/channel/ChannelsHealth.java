package io.eventful.channel;

import java.util.Locale;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * The channels in {@code /actuator/health}. A broker that cannot be reached is no fault of the gateway, which goes on
 * and catches up; a full disk is.
 */
record ChannelsHealth(DefaultChannels channels) implements HealthIndicator {

    @Override
    public Health health() {
        Health.Builder health = new Health.Builder().up();
        channels.conditions().forEach((kind, condition) -> {
            if (condition == Broker.Condition.DISK_FULL) health.outOfService();
            health.withDetail(kind, condition.name().toLowerCase(Locale.ROOT));
        });
        return health.build();
    }
}
