package io.eventful.store;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * The databases in {@code /actuator/health}: down while one of them refuses writes, and from when damage of one is met
 * until the restart. The gateway stays ready, because most reads, and calls that are not captured, are not affected, and no
 * other gateway could take them over.
 */
record StoresHealth(JdbcDatabases databases) implements HealthIndicator {

    @Override
    public Health health() {
        Health.Builder health = new Health.Builder().up();
        databases.problems().forEach((name, problem) -> {
            if (problem.isPresent()) health.down();
            health.withDetail(name, problem.orElse("writable"));
        });
        return health.build();
    }
}
