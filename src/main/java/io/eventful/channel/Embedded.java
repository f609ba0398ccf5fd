package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Kind;
import java.nio.file.Path;

/** The broker inside this process, and what an earlier run has left there. */
final class Embedded {

    private final BrokerSettings settings;
    private final Path data;
    private final Path folder;
    private final DroppedRepeats repeats;
    private final AddressBook addresses;

    Embedded(BrokerSettings settings, Path data, DroppedRepeats repeats) {
        this.settings = settings;
        this.data = data;
        this.repeats = repeats;
        this.folder = data.resolve(settings.artemis().journal());
        this.addresses = new AddressBook(folder);
    }

    /** Makes it, not yet started. */
    Broker create() {
        return new ArtemisBroker(settings, new EmbeddedArtemis(settings.artemis(), data, repeats));
    }

    /** Whether it is the broker of a kind; else there is another one elsewhere. */
    boolean is(Kind kind) {
        return kind == Kind.ARTEMIS && settings.artemis().url() == null;
    }

    /** Whether it has ever run here. */
    boolean isKept() {
        return EmbeddedArtemis.isKept(folder);
    }

    /** Which channels its addresses are of. */
    AddressBook addresses() {
        return addresses;
    }
}
