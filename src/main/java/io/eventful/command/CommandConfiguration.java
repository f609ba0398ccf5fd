package io.eventful.command;

import io.eventful.edge.Upstreams;
import io.eventful.event.Activity;
import io.eventful.ledger.Ledger;
import io.eventful.store.Database;
import io.eventful.store.Databases;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Commands, on the database of the ledger. */
@Configuration(proxyBeanMethods = false)
class CommandConfiguration {

    @Bean(initMethod = "start", destroyMethod = "close")
    CommandParts commandParts(
            Databases databases,
            Ledger ledger,
            Upstreams upstreams,
            Execution execution,
            Safe safe,
            Announcer announcer,
            Clock clock,
            CommandSettings settings,
            ObjectProvider<MeterRegistry> meters) {
        Database database = databases.open("ledger");
        return CommandParts.of(
                database,
                new CommandParts.Surroundings(ledger, upstreams, execution, safe, announcer, clock, new SecureRandom()),
                settings,
                meters.getIfAvailable(CompositeMeterRegistry::new));
    }

    @Bean
    Activity commandActivity(CommandParts parts) {
        return parts.activity();
    }

    @Bean
    Commands commands(CommandParts parts) {
        return parts.commands();
    }

    @Bean
    CommandsHealth commandsHealthIndicator(CommandParts parts, CommandSettings settings) {
        return new CommandsHealth(parts, settings);
    }
}
