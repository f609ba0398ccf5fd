package io.eventful.cli;

import io.eventful.admin.AdminSettings;
import io.eventful.config.ConfigurationLoader;
import io.eventful.routetest.Parts;
import io.eventful.subscription.SubscriptionsSettings;

/** The settings of all packages: the one list that decides which configuration keys exist. */
final class SettingsCatalogue {

    private SettingsCatalogue() {}

    static ConfigurationLoader loader() {
        return Parts.loader(AdminSettings.class, SubscriptionsSettings.class);
    }
}
