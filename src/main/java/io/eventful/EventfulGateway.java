package io.eventful;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jms.JmsAutoConfiguration;
import org.springframework.boot.autoconfigure.jms.artemis.ArtemisAutoConfiguration;

/**
 * Starts the gateway; the packages below contribute their own beans.
 *
 * <p>Brokers and databases are excluded from auto-configuration because the gateway chooses, starts and stops them itself.
 */
@SpringBootApplication(
        exclude = {
            ArtemisAutoConfiguration.class,
            JmsAutoConfiguration.class,
            DataSourceAutoConfiguration.class,
            FlywayAutoConfiguration.class
        })
public class EventfulGateway {

    public static void main(String[] args) {
        SpringApplication.run(EventfulGateway.class, args);
    }
}
