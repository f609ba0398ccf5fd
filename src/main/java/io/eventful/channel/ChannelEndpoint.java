package io.eventful.channel;

import java.util.Objects;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** One channel as a route names it. */
final class ChannelEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

    private final @Nullable Channels channels;
    private final String name;

    ChannelEndpoint(String uri, ChannelComponent component, @Nullable Channels channels, String name) {
        super(uri, component);
        this.channels = channels;
        this.name = name;
    }

    Channels channels() {
        return Objects.requireNonNull(channels);
    }

    String name() {
        return name;
    }

    @Override
    public Producer createProducer() {
        return new ChannelProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new ChannelConsumer(this, processor);
    }

    /** Publish and subscribe: each route that reads a channel gets all of its events. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }
}
