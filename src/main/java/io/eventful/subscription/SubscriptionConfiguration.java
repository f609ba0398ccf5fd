package io.eventful.subscription;

import io.eventful.store.DataFolder;
import io.eventful.store.Databases;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
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
                            + "; write networks as 10.0.0.0/8 or fd00::/8",
                    e);
        }
    }

    @Bean
    SubscriptionRequests subscriptionRequests(SinkGuard guard) {
        return new SubscriptionRequests(guard, host -> List.of(InetAddress.getAllByName(host)));
    }

    @Bean
    StoredSubscriptions subscriptions(
            Databases databases,
            DataFolder folder,
            Environment environment,
            Clock clock,
            Positions positions,
            SubscriptionPolicy policy) {
        SecureRandom random = new SecureRandom();
        Vault vault = new Vault(
                MasterKey.load(environment.getProperty(MasterKey.VARIABLE), folder.path(), random), random);
        return new StoredSubscriptions(
                databases.open("delivery"),
                new SubscriptionTable(vault),
                new Identifiers(clock, random),
                clock,
                positions,
                policy);
    }
}
