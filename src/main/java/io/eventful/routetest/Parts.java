package io.eventful.routetest;

import io.eventful.capture.CaptureSettings;
import io.eventful.channel.BrokerSettings;
import io.eventful.channel.ChannelsSettings;
import io.eventful.claim.ClaimSettings;
import io.eventful.command.CommandSettings;
import io.eventful.config.ConfigurationLoader;
import io.eventful.delivery.DeliverySettings;
import io.eventful.edge.EdgeSettings;
import io.eventful.edge.UpstreamSettings;
import io.eventful.ledger.LedgerSettings;
import io.eventful.receive.ReceiveSettings;
import io.eventful.routes.RoutesSettings;
import io.eventful.store.StoreSettings;
import io.eventful.view.ViewSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The parts of the gateway that a route test starts: all but the admin port and declared subscriptions. */
public final class Parts {

    /** Their configurations are nobody's business but Spring's, so they are named. */
    private static final List<String> CONFIGURATIONS = List.of(
            "io.eventful.GatewayWiring",
            "io.eventful.CommandWiring",
            "io.eventful.store.StoreConfiguration",
            "io.eventful.ledger.LedgerConfiguration",
            "io.eventful.edge.EdgeConfiguration",
            "io.eventful.capture.CaptureConfiguration",
            "io.eventful.command.CommandConfiguration",
            "io.eventful.receive.ReceiveConfiguration",
            "io.eventful.claim.ClaimConfiguration",
            "io.eventful.view.ViewConfiguration",
            "io.eventful.channel.ChannelConfiguration",
            "io.eventful.subscription.SubscriptionConfiguration",
            "io.eventful.delivery.DeliveryConfiguration",
            "io.eventful.routes.RoutesConfiguration");

    private static final List<Class<?>> SETTINGS = List.of(
            EdgeSettings.class,
            UpstreamSettings.class,
            StoreSettings.class,
            LedgerSettings.class,
            BrokerSettings.class,
            ChannelsSettings.class,
            RoutesSettings.class,
            CaptureSettings.class,
            CommandSettings.class,
            ReceiveSettings.class,
            ClaimSettings.class,
            DeliverySettings.class,
            ViewSettings.class);

    private Parts() {}

    static Class<?>[] configurations() {
        return CONFIGURATIONS.stream().map(Parts::type).toArray(Class<?>[]::new);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the gateway has no " + name, e);
        }
    }

    /**
     * Reads the configuration of these parts.
     *
     * @param others settings of parts beside these
     */
    public static ConfigurationLoader loader(Class<?>... others) {
        return new ConfigurationLoader(
                Stream.concat(SETTINGS.stream(), Stream.of(others)).toList(),
                Map.of("data", String.class),
                Map.of("artemis", "broker.artemis", "kafka", "broker.kafka"));
    }
}
