package io.eventful.channel;

import java.nio.file.Path;

/** The contract on the embedded broker. */
class EmbeddedArtemisTest extends BrokerContract {

    @Override
    BrokerSettings settings(BrokerSettings.Consume consume) {
        return ChannelFixture.artemis(ChannelFixture.EMBEDDED, consume);
    }

    @Override
    Broker broker(BrokerSettings settings, Path data) {
        return new ArtemisBroker(settings, new EmbeddedArtemis(settings.artemis(), data));
    }

    @Override
    Channels another() {
        return channels;
    }

    @Override
    boolean suppressesRepeats() {
        return true;
    }
}
