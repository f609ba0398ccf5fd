package io.eventful.delivery;

import io.eventful.event.Activity;
import io.eventful.event.Publications;
import io.eventful.event.Timers;
import io.eventful.store.Databases;
import io.eventful.subscription.ConsentClient;
import io.eventful.subscription.Progress;
import io.eventful.subscription.SinkGuard;
import io.eventful.subscription.Subscriptions;
import io.eventful.subscription.TestEvents;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Properties;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** The beans of delivery. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    @Bean(destroyMethod = "close")
    SystemResolver sinkResolver(DeliverySettings settings) {
        return new SystemResolver(settings.limits().resolverThreads());
    }

    @Bean(destroyMethod = "close")
    WebhookClient webhookClient(SystemResolver resolver, SinkGuard guard, DeliverySettings settings) {
        Path ca = settings.tls().ca();
        return new WebhookClient(
                new Egress(resolver, guard::usable, settings.proxy()),
                settings.limits(),
                ca == null ? null : SinkTrust.with(ca),
                settings.bind());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    DeliveryEngine deliveryEngine(
            Databases databases,
            Publications publications,
            Subscriptions subscriptions,
            WebhookClient client,
            Clock clock,
            Timers timers,
            DeliverySettings settings,
            OperationalEvents operations,
            ObjectProvider<MeterRegistry> meters) {
        return new DeliveryEngine(
                new DeliveryEngine.Parts(
                        databases.open("delivery"),
                        publications,
                        subscriptions,
                        client,
                        new Requests(settings.origin(), version()),
                        clock,
                        timers.jitter(),
                        Executors.newThreadPerTaskExecutor(
                                Thread.ofVirtual().name("delivery-", 0).factory()),
                        timers.timer("delivery-clock"),
                        operations,
                        meters.getIfAvailable(CompositeMeterRegistry::new)),
                settings);
    }

    private static String version() {
        Properties build = new Properties();
        try (InputStream in = DeliveryConfiguration.class.getResourceAsStream("/META-INF/build-info.properties")) {
            if (in != null) build.load(in);
        } catch (IOException unreadable) {
            return "unknown";
        }
        return build.getProperty("build.version", "development");
    }

    @Bean
    Activity deliveryActivity(DeliveryEngine engine) {
        return engine.activity();
    }

    @Bean
    Deliveries deliveries(DeliveryEngine engine) {
        return engine.deliveries();
    }

    @Bean
    Replays replays(DeliveryEngine engine) {
        return engine.replays();
    }

    @Bean
    HeldDeliveries heldDeliveries(DeliveryEngine engine) {
        return engine.held();
    }

    @Bean
    Progress deliveryProgress(DeliveryEngine engine) {
        return engine.progress();
    }

    @Bean
    TestEvents testEvents(DeliveryEngine engine, Clock clock) {
        return new TestSender(engine.core().attempter(), clock, new SecureRandom());
    }

    @Bean
    ConsentClient consentClient(WebhookClient client, DeliverySettings settings) {
        return new GuardedConsentClient(client, settings.timeout());
    }

    /** A fresh one for each generation of routes. */
    @Bean("subscribers-component")
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    SubscribersComponent subscribersComponent(FanOut fanOut) {
        return new SubscribersComponent(fanOut);
    }
}
