package io.eventful.delivery;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** {@code subscribers:NAME}: fans an event out to the subscriptions of a channel. */
public final class SubscribersComponent extends DefaultComponent {

    private final @Nullable FanOut fanOut;

    /** For checking addresses and options without a gateway; its endpoints neither send nor receive. */
    public SubscribersComponent() {
        this.fanOut = null;
    }

    SubscribersComponent(FanOut fanOut) {
        this.fanOut = fanOut;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        String channel = remaining.strip();
        if (channel.isEmpty())
            throw new IllegalArgumentException("subscribers: requires the name of a channel; use subscribers:NAME");
        return new SubscribersEndpoint(uri, this, channel, fanOut);
    }
}
