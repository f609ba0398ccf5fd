package io.eventful.receive;

import io.eventful.edge.Routing;
import io.eventful.event.Timers;
import io.eventful.ledger.Feed;
import io.eventful.ledger.Ledger;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** Receiving: the doors, and the component of {@code webhook-in:}. */
@Configuration(proxyBeanMethods = false)
class ReceiveConfiguration {

    private static final int ID_OCTETS = 16;

    /** Threads of requests: a shutdown lets them end. */
    @Bean(destroyMethod = "close")
    ExecutorService receiveCalls() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("receive-", 0).factory());
    }

    @Bean(destroyMethod = "close")
    Forgetting forgetting(Ledger ledger, Clock clock, ReceiveSettings settings, Timers timers) {
        return new Forgetting(ledger, clock, settings, timers.timer("receive-timer"));
    }

    @Bean
    Receipts receipts(
            Ledger ledger,
            Feed feed,
            Routing routing,
            ExecutorService receiveCalls,
            Clock clock,
            ReceiveSettings settings) {
        SecureRandom random = new SecureRandom();
        Keeper keeper = new Keeper(ledger, clock, () -> {
            byte[] octets = new byte[ID_OCTETS];
            random.nextBytes(octets);
            return HexFormat.of().formatHex(octets);
        });
        Budget budget = new Budget(settings.memory().toBytes(), settings.memoryWait());
        return new Receipts(feed, ledger, routing, keeper, budget, receiveCalls, clock, settings);
    }

    /** Prototype: each generation of routes has a Camel context, and each context a component of its own. */
    @Bean("webhook-in-component")
    @Scope("prototype")
    WebhookInComponent webhookInComponent(Receipts receipts) {
        return new WebhookInComponent(receipts);
    }
}
