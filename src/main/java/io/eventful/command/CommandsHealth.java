package io.eventful.command;

import java.util.Map;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Commands in {@code /actuator/health}. A full queue is told, and no fault of the gateway: it says 503 itself. */
record CommandsHealth(CommandParts parts, CommandSettings settings) implements HealthIndicator {

    @Override
    public Health health() {
        return Health.up()
                .withDetails(Map.of(
                        "waiting", parts.waiting(),
                        "running", parts.running(),
                        "queue", settings.queue(),
                        "storedBytes", parts.stored()))
                .build();
    }
}
