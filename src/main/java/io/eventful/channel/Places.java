package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Kind;
import java.util.HashMap;
import java.util.Map;

/** Where the events of each channel are. No two channels share a place: the consumers of each would get the events of both. */
final class Places {

    private final Kind usual;
    private final Map<String, Place> listed = new HashMap<>();
    private final Map<Place, String> owners = new HashMap<>();

    /** A destination at a broker. */
    record Place(Kind broker, String destination) {}

    /** @param usual the broker of channels that name none */
    Places(ChannelsSettings settings, Kind usual) {
        this.usual = usual;
        settings.channels().forEach((name, channel) -> {
            Place place = channel.place(name, usual);
            listed.put(name, place);
            owners.put(place, name);
        });
    }

    /** Where a channel is. Fails for a name that no channel can have, and for one that is the place of another channel. */
    Place of(String name) {
        Place own = listed.get(name);
        if (own != null) return own;
        ChannelsSettings.check("The channel '" + name + "'", name);
        Place place = new Place(usual, name);
        String owner = owners.get(place);
        if (owner != null)
            throw new IllegalArgumentException("The channel '" + name + "' would share the destination of channel "
                    + owner + ": change eventful.channels." + owner + ".destination, or use that channel");
        return place;
    }

    /** Whether a channel, or one that is listed, is at a place. */
    boolean isUsed(Place place, String channel) {
        return owners.containsKey(place) || place.equals(of(channel));
    }

    /** Whether some channels are at a broker. */
    boolean use(Kind broker) {
        return usual == broker || owners.keySet().stream().anyMatch(place -> place.broker() == broker);
    }
}
