package io.eventful.ledger;

import io.eventful.store.Database;
import io.eventful.store.Databases;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ledger and what is read from it. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    static final String DATABASE = "ledger";

    @Bean
    Changes history(Databases databases) {
        return new Changes(databases.open(DATABASE));
    }

    @Bean(destroyMethod = "close")
    Advances advances(Databases databases) {
        return new Advances(databases.open(DATABASE));
    }

    @Bean
    Ledger ledger(Databases databases, Changes changes, Advances advances, Clock clock) {
        Database database = databases.open(DATABASE);
        return new JdbcLedger(database, changes, new JdbcRelayed(database, advances), clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Retention retention(Databases databases, Ledger ledger, Feed feed, Clock clock, LedgerSettings settings) {
        Trimming trimming = new Trimming(databases.open(DATABASE));
        return new Retention(trimming, ledger.relayed(), feed, clock, settings.retention());
    }

    @Bean
    States states(Databases databases) {
        return new States(databases.open(DATABASE));
    }

    @Bean
    Reversals reversals(Ledger ledger, History history) {
        return new Reversals(ledger, history);
    }
}
