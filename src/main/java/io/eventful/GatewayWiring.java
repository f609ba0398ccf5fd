package io.eventful;

import io.eventful.capture.Captures;
import io.eventful.delivery.DeliverySettings;
import io.eventful.edge.EdgeSettings;
import io.eventful.edge.Routing;
import io.eventful.event.Publications;
import io.eventful.ledger.Ledger;
import io.eventful.routes.SwapGuard;
import io.eventful.subscription.ConsentCallbacks;
import io.eventful.subscription.Positions;
import io.eventful.subscription.SubscriptionPolicy;
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

    @Bean
    SubscriptionPolicy subscriptionPolicy(DeliverySettings delivery, EdgeSettings edge) {
        return new SubscriptionPolicy(
                delivery.allowedNetworks(),
                SubscriptionPolicy.Consent.valueOf(delivery.consent().name()),
                delivery.secretOverlap(),
                delivery.origin(),
                edge.publicUrl());
    }

    @Bean
    InitializingBean ownResources(Routing routing, ConsentCallbacks consent) {
        return () -> routing.install(Routing.Layer.OWN, new ConsentEndpoint(consent));
    }

    /** No captured path is uncaptured while one set of routes gives way to the next. */
    @Bean
    SwapGuard swapGuard(Captures captures) {
        return captures::swap;
    }
}
