package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Kind;
import io.eventful.channel.Places.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
    public record Channel(@Nullable Kind broker, @Nullable String destination) {

        Place place(String name, Kind usual) {
            return new Place(broker == null ? usual : broker, destination == null ? name : destination);
        }
    }

    public ChannelsSettings {
        channels = Map.copyOf(channels);
        channels.forEach((name, channel) -> {
            check("eventful.channels." + name, name);
            String destination = channel.destination() == null ? name : channel.destination();
            check("eventful.channels." + name + ".destination", destination);
        });
    }

    /**
     * Channels that have the destination of another one, each with that one.
     *
     * @param usual the broker of channels that name none
     */
    public SortedMap<String, String> shared(Kind usual) {
        Map<Place, String> owners = new HashMap<>();
        SortedMap<String, String> shared = new TreeMap<>();
        new TreeMap<>(channels).forEach((name, channel) -> {
            String owner = owners.putIfAbsent(channel.place(name, usual), name);
            if (owner != null) shared.put(name, owner);
        });
        return shared;
    }

    /** Channel names, addresses and topics share the alphabet that every broker takes. */
    static void check(String key, String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,199}"))
            throw new IllegalArgumentException(
                    key + " is not a channel name: use 1 to 200 letters, digits, dots, dashes and underscores");
    }
}
