package io.eventful.subscription;

import io.eventful.event.Timers;
import io.eventful.store.DataFolder;
import io.eventful.store.Databases;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Beans of the registry. */
@Configuration(proxyBeanMethods = false)
class SubscriptionConfiguration {

    @Bean
    SinkGuard sinkGuard(SubscriptionPolicy policy) {
        try {
            return new SinkGuard(policy.allowedNetworks());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "eventful.delivery.allowed-networks: " + e.getMessage()
                            + "; use CIDR notation, such as 10.0.0.0/8 or fd00::/8",
                    e);
        }
    }

    @Bean
    SubscriptionRequests subscriptionRequests(SinkGuard guard) {
        return new SubscriptionRequests(guard, host -> List.of(InetAddress.getAllByName(host)));
    }

    @Bean
    Vault subscriptionVault(DataFolder folder, Environment environment) {
        SecureRandom random = new SecureRandom();
        return new Vault(MasterKey.load(environment.getProperty(MasterKey.VARIABLE), folder.path(), random), random);
    }

    @Bean
    StoredSubscriptions subscriptionRegistry(
            Databases databases, Vault vault, Clock clock, Positions positions, SubscriptionPolicy policy) {
        return new StoredSubscriptions(
                new SubscriptionStore(databases.open("delivery"), new SubscriptionTable(vault)),
                new Identifiers(clock, new SecureRandom()),
                clock,
                positions,
                policy);
    }

    @Bean
    ConsentCallbacks consentCallbacks(StoredSubscriptions subscriptions, Vault vault) {
        return new ConsentCallbacks(subscriptions, vault);
    }

    @Bean
    PublicKeys publicKeys(StoredSubscriptions subscriptions, Clock clock) {
        return new PublicKeys(subscriptions, clock);
    }

    @Bean
    EndingJob endingJob(StoredSubscriptions subscriptions, ObjectProvider<Progress> progress, Timers timers) {
        return new EndingJob(subscriptions, progress::getObject, timers.timer("subscription-ends"));
    }

    @Bean
    SubscriptionSets subscriptionSets(StoredSubscriptions subscriptions, SubscriptionRequests requests) {
        return new SubscriptionSets(subscriptions, requests);
    }

    @Bean
    Declarations declarations(SubscriptionSets sets, ObjectProvider<SubscriptionsSettings> settings, Timers timers) {
        // Route tests have no such file.
        SubscriptionsSettings present = settings.getIfAvailable(() -> new SubscriptionsSettings("", false));
        return new Declarations(sets, present, timers.timer("subscription-file"));
    }

    /** The client is asked for late: who delivers needs the registry first. */
    @Bean
    ConsentRequests consentRequests(
            StoredSubscriptions subscriptions,
            ConsentCallbacks callbacks,
            ObjectProvider<ConsentClient> client,
            SubscriptionPolicy policy,
            Timers timers) {
        return new ConsentRequests(
                subscriptions, callbacks, client::getObject, policy, timers.timer("subscription-consent"));
    }
}
