package io.eventful.delivery;

import java.util.Objects;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one channel, as where a route may send events to. */
final class SubscribersEndpoint extends DefaultEndpoint {

    private final String channel;
    private final @Nullable FanOut fanOut;

    SubscribersEndpoint(String uri, Component component, String channel, @Nullable FanOut fanOut) {
        super(uri, component);
        this.channel = channel;
        this.fanOut = fanOut;
    }

    @Override
    public Producer createProducer() {
        return new SubscribersProducer(this, channel, Objects.requireNonNull(fanOut));
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "subscribers:" + channel + " cannot be used in from:; use from: channel:" + channel);
    }
}
