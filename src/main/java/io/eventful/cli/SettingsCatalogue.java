package io.eventful.cli;

import io.eventful.admin.AdminSettings;
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

/** The settings of all packages: the one list that decides which configuration keys exist. */
final class SettingsCatalogue {

    private SettingsCatalogue() {}

    static ConfigurationLoader loader() {
        return new ConfigurationLoader(
                List.of(
                        EdgeSettings.class,
                        AdminSettings.class,
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
                        ViewSettings.class),
                Map.of("data", String.class),
                Map.of("artemis", "broker.artemis", "kafka", "broker.kafka"));
    }
}
