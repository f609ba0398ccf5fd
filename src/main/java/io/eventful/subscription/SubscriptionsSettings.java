package io.eventful.subscription;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Subscriptions that a file declares.
 *
 * @param file YAML; need not be there. Looked for in the current folder, then beside the launcher
 * @param reload true: a change of the file takes effect while the gateway runs
 */
@ConfigurationProperties("eventful.subscriptions")
public record SubscriptionsSettings(
        @DefaultValue("config/subscriptions.yaml") String file,
        @DefaultValue("true") boolean reload) {

    /** The same settings with another file. */
    public SubscriptionsSettings withFile(String other) {
        return new SubscriptionsSettings(other, reload);
    }
}
