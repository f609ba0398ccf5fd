package io.eventful.channel;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** {@code channel:NAME}: a publish/subscribe channel, to publish on or to consume. */
public final class ChannelComponent extends DefaultComponent {

    private final @Nullable Channels channels;

    /** For checking addresses and options without a gateway; its endpoints neither send nor receive. */
    public ChannelComponent() {
        this.channels = null;
    }

    ChannelComponent(Channels channels) {
        this.channels = channels;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        ChannelsSettings.check("The name in " + uri, remaining);
        return new ChannelEndpoint(uri, this, channels, remaining);
    }
}
