package io.eventful;

import io.eventful.capture.Captures;
import io.eventful.claim.ClaimSigner;
import io.eventful.claim.ClaimedStates;
import io.eventful.edge.Matcher;
import io.eventful.edge.Routing;
import io.eventful.event.Publications;
import io.eventful.ledger.Ledger;
import io.eventful.receive.Receipts;
import io.eventful.routes.SwapGuard;
import io.eventful.subscription.ConsentCallbacks;
import io.eventful.subscription.Positions;
import io.eventful.subscription.Vault;
import java.util.List;
import java.util.Objects;
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
    ClaimSigner claimSigner(Vault vault) {
        return vault::mac;
    }

    @Bean
    InitializingBean ownResources(Routing routing, ConsentCallbacks consent, ClaimedStates states) {
        List<Matcher> own = List.of(new ConsentEndpoint(consent), states.endpoint());
        return () -> routing.install(
                Routing.Layer.OWN,
                head -> own.stream()
                        .map(resource -> resource.match(head))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }
}
