package io.eventful;

import io.eventful.event.Timers;
import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jms.JmsAutoConfiguration;
import org.springframework.boot.autoconfigure.jms.artemis.ArtemisAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Starts the gateway; the packages below contribute their own beans.
 *
 * <p>Brokers and databases are excluded from auto-configuration because the gateway chooses, starts and stops them itself.
 * Spring's error page is, because it would also be a resource of the admin port; without it, the server reports errors as
 * problem details.
 */
@SpringBootApplication(
        exclude = {
            ArtemisAutoConfiguration.class,
            JmsAutoConfiguration.class,
            DataSourceAutoConfiguration.class,
            ErrorMvcAutoConfiguration.class,
            FlywayAutoConfiguration.class
        })
public class EventfulGateway {

    /** The only clock; everything that needs the time is given it, so that tests can turn it. */
    @Bean
    Clock clock() {
        return systemClock();
    }

    /** The system's clock, also for commands that run without the gateway's beans. */
    public static Clock systemClock() {
        return Clock.systemUTC();
    }

    /** The only timers, for the same reason. */
    @Bean
    Timers timers() {
        return new SystemTimers();
    }
}
