package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Kind;
import io.eventful.event.Timers;
import io.eventful.store.DataFolder;
import io.eventful.store.Databases;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** Makes the channels from their settings. Who depends on them starts after the broker and ends before it. */
@Configuration(proxyBeanMethods = false)
class ChannelConfiguration {

    @Bean
    StoredPublications publications(Databases databases, Clock clock) {
        return new StoredPublications(databases.open("delivery"), clock);
    }

    @Bean(destroyMethod = "shutdownNow")
    ChannelTimer channelTimer(Timers timers) {
        return new ChannelTimer(timers.timer("channel-timer"));
    }

    @Bean
    DroppedRepeats droppedRepeats(ObjectProvider<MeterRegistry> registry) {
        DroppedRepeats repeats = new DroppedRepeats();
        registry.ifAvailable(repeats::bind);
        return repeats;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    DefaultChannels channels(
            BrokerSettings settings,
            ChannelsSettings channels,
            StoredPublications publications,
            DataFolder data,
            ChannelTimer timer,
            DroppedRepeats repeats,
            ObjectProvider<InProcessBroker> inProcess,
            ObjectProvider<MeterRegistry> registry) {
        InProcessBroker instead = inProcess.getIfAvailable();
        Embedded embedded = new Embedded(settings, data.path(), repeats);
        DefaultChannels made = new DefaultChannels(
                settings,
                channels,
                publications,
                kind -> instead == null ? broker(kind, settings, data, embedded) : instead.connect(),
                instead == null ? embedded : null,
                timer.executor());
        registry.ifAvailable(made.dead()::bind);
        return made;
    }

    private static Broker broker(Kind kind, BrokerSettings settings, DataFolder data, Embedded embedded) {
        if (embedded.is(kind)) return embedded.create();
        return switch (kind) {
            case ARTEMIS -> new ArtemisBroker(settings, null);
            case KAFKA -> new KafkaBroker(settings, KafkaMembers.of(data.path()));
        };
    }

    @Bean
    ChannelsHealth channelsHealthIndicator(DefaultChannels channels) {
        return new ChannelsHealth(channels);
    }

    @Bean("channel-component")
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    ChannelComponent channelComponent(Channels channels) {
        return new ChannelComponent(channels);
    }
}
