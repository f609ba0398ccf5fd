package io.eventful.channel;

import java.nio.file.Path;

/** The contract on the broker of route tests. */
class InProcessBrokerTest extends BrokerContract {

    private final InProcessBroker broker = new InProcessBroker();

    @Override
    BrokerSettings settings(BrokerSettings.Consume consume) {
        return ChannelFixture.artemis(ChannelFixture.EMBEDDED, consume);
    }

    @Override
    Broker broker(BrokerSettings settings, Path data) {
        return broker.connect();
    }

    /** Another connection to the same broker, as another process would have. */
    @Override
    Channels another() {
        return open(ChannelFixture.consume(256, 3));
    }

    @Override
    boolean suppressesRepeats() {
        return true;
    }
}
