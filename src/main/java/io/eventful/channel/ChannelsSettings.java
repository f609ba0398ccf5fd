package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Channels that differ from the default; a channel needs no entry.
 *
 * @param channels by name
 */
@ConfigurationProperties("eventful.channels")
public record ChannelsSettings(@DefaultValue Map<String, Channel> channels) {

    /**
     * One channel.
     *
     * @param broker which broker carries it; absent: {@code eventful.broker.kind}
     * @param destination its address or topic; absent: the channel's name
     */
    public record Channel(@Nullable Kind broker, @Nullable String destination) {}

    public ChannelsSettings {
        channels = Map.copyOf(channels);
        Map<String, String> taken = new HashMap<>();
        channels.forEach((name, channel) -> {
            check("eventful.channels." + name, name);
            String destination = channel.destination() == null ? name : channel.destination();
            check("eventful.channels." + name + ".destination", destination);
            String other = taken.put(channel.broker() + ":" + destination, name);
            if (other != null)
                throw new IllegalArgumentException("eventful.channels." + name + ".destination is also that of channel "
                        + other + ": use a unique destination for each channel");
        });
    }

    /** Channel names, addresses and topics share the alphabet that every broker takes. */
    static void check(String key, String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,199}"))
            throw new IllegalArgumentException(
                    key + " is not a channel name: use 1 to 200 letters, digits, dots, dashes and underscores");
    }
}
