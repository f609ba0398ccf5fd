package io.eventful;

import io.eventful.capture.Captures;
import io.eventful.edge.Routing;
import io.eventful.event.Publications;
import io.eventful.ledger.Ledger;
import io.eventful.receive.Receipts;
import io.eventful.routes.SwapGuard;
import io.eventful.subscription.ConsentCallbacks;
import io.eventful.subscription.Positions;
import io.eventful.subscription.PublicKeys;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects packages that must not know each other: each declares what it needs, and here somebody gives it. */
@Configuration(proxyBeanMethods = false)
class GatewayWiring {

    @Bean
    Positions positions(Ledger ledger, Publications publications) {
        return new Positions() {
            @Override
            public long ledgerHead() {
                return ledger.head();
            }

            @Override
            public long publicationHead() {
                return publications.head();
            }
        };
    }

    /** While route sets are exchanged, no captured path is uncaptured, and no webhook's door is closed. */
    @Bean
    SwapGuard swapGuard(Captures captures, Receipts receipts) {
        return exchange -> receipts.swap(() -> captures.swap(exchange));
    }

    @Bean
    InitializingBean ownResources(Routing routing, ConsentCallbacks consent, PublicKeys keys) {
        return () -> {
            routing.install(Routing.Layer.OWN, new ConsentEndpoint(consent));
            routing.install(Routing.Layer.OWN, new KeySetEndpoint(keys));
        };
    }
}
