package io.eventful.admin;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The admin port.
 *
 * @param port TCP port; 0 takes a free one
 * @param bind address to listen on; loopback unless somebody decides otherwise
 * @param key the admin key; when absent one is made and written to {@code <data>/admin.key}
 */
@ConfigurationProperties("eventful.admin")
public record AdminSettings(
        @DefaultValue("8081") int port,
        @DefaultValue("127.0.0.1") String bind,
        @Nullable String key) {

    /** A shorter key could be guessed over the network. */
    private static final int SHORTEST_KEY = 8;

    public AdminSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("eventful.admin.port must lie between 0 and 65535, not " + port);
        }
        if (key != null && key.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("eventful.admin.key is shorter than " + SHORTEST_KEY
                    + " characters; leave it out to have one made, or choose a longer one");
        }
    }

    @Override
    public String toString() {
        return "AdminSettings[port=" + port + ", bind=" + bind + ", key=" + (key == null ? "made" : "configured") + "]";
    }
}
