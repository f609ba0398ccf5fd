package io.eventful.store;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * The databases in {@code /actuator/health}: down while one of them refuses writes. The gateway stays ready, because reads
 * and uncaptured calls are not affected, and no other gateway could take them over.
 */
record StoresHealth(JdbcDatabases databases) implements HealthIndicator {

    @Override
    public Health health() {
        Health.Builder health = new Health.Builder().up();
        databases.refusals().forEach((name, refusal) -> {
            if (refusal.isPresent()) health.down();
            health.withDetail(
                    name, refusal.map(reason -> "refuses writes: " + reason).orElse("writable"));
        });
        return health.build();
    }
}
