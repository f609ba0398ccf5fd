package io.eventful;

import io.eventful.capture.Captures;
import io.eventful.capture.ViewQuery;
import io.eventful.channel.Channels;
import io.eventful.claim.ClaimSigner;
import io.eventful.claim.ClaimedStates;
import io.eventful.command.Commands;
import io.eventful.delivery.DeliverySettings;
import io.eventful.delivery.FanOut;
import io.eventful.delivery.OperationalEvents;
import io.eventful.edge.EdgeSettings;
import io.eventful.edge.Handler;
import io.eventful.edge.Matcher;
import io.eventful.edge.RequestHead;
import io.eventful.edge.Routing;
import io.eventful.event.Publications;
import io.eventful.ledger.Ledger;
import io.eventful.receive.Receipts;
import io.eventful.routes.SwapGuard;
import io.eventful.subscription.ConsentCallbacks;
import io.eventful.subscription.Positions;
import io.eventful.subscription.PublicKeys;
import io.eventful.subscription.SubscriptionPolicy;
import io.eventful.subscription.Vault;
import io.eventful.view.CapturedReads;
import io.eventful.view.ViewResources;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    /** What of the settings concerns subscriptions. Sinks call back to the base of links in events. */
    @Bean
    SubscriptionPolicy subscriptionPolicy(DeliverySettings settings, EdgeSettings edge) {
        // The subscriptions are there before the data port, and so before a port that is any free one.
        boolean known = edge.publicUrl() != null || edge.port() != 0;
        return new SubscriptionPolicy(
                settings.allowedNetworks(),
                SubscriptionPolicy.Consent.valueOf(settings.consent().name()),
                settings.secretOverlap(),
                settings.origin(),
                known ? URI.create(edge.publicBase()) : null);
    }

    /** While route sets are exchanged or end, no captured path is uncaptured, and no webhook's door is closed. */
    @Bean
    SwapGuard swapGuard(Captures captures, Receipts receipts) {
        return new SwapGuard() {
            @Override
            public void swap(Runnable exchange) {
                receipts.swap(() -> captures.swap(exchange));
            }

            @Override
            public void end(Runnable stop) {
                receipts.end(() -> captures.end(stop));
            }
        };
    }

    /** What the gateway says about itself takes the way of every event: store, broker, subscriptions. */
    @Bean
    OperationalEvents operationalEvents(Channels channels) {
        return event -> channels.publish(OperationalEvents.CHANNEL, event);
    }

    /** Nobody has to write a route to subscribe to them. */
    @Bean(destroyMethod = "close")
    Channels.Consumption operationalSubscribers(Channels channels, FanOut fanOut) {
        return channels.consume(
                OperationalEvents.CHANNEL,
                OperationalEvents.CHANNEL + ".subscribers",
                event -> fanOut.deliver(OperationalEvents.CHANNEL, event));
    }

    @Bean
    ClaimSigner claimSigner(Vault vault) {
        return vault::mac;
    }

    @Bean
    InitializingBean ownResources(
            Routing routing,
            ConsentCallbacks consent,
            ViewResources views,
            ClaimedStates states,
            Commands commands,
            PublicKeys keys) {
        List<Matcher> own = List.of(
                views,
                commands.endpoint(),
                new ConsentEndpoint(consent::granted),
                states.endpoint(),
                new KeySetEndpoint(keys));
        return () -> routing.install(Routing.Layer.OWN, head -> first(own, head));
    }

    /** Captured reads that routes give to views ({@code queries=view:NAME}). */
    @Bean
    InitializingBean queryAnswers(Captures captures, CapturedReads reads) {
        return () -> captures.answerQueries((call, query) -> {
            if (query.target() == ViewQuery.Target.ITEM) reads.item(call, query.view(), query.upstream(), query.item());
            else reads.list(call, query.view(), query.upstream(), query.item(), query.scope());
        });
    }

    private static @Nullable Handler first(List<Matcher> matchers, RequestHead head) {
        for (Matcher matcher : matchers) {
            Handler handler = matcher.match(head);
            if (handler != null) return handler;
        }
        return null;
    }
}
