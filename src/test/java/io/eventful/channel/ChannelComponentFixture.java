package io.eventful.channel;

import io.eventful.event.Event;
import io.eventful.event.Rendered;
import io.eventful.event.Timers;
import io.eventful.harness.TestTimers;
import io.eventful.store.StoreSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The {@code channel:} component in a real Camel context, with the package's own configuration and embedded broker. */
abstract class ChannelComponentFixture {

    @TempDir
    Path folder;

    AnnotationConfigApplicationContext spring;
    CamelContext camel;
    ProducerTemplate template;

    /** Where plain clients find the embedded broker. */
    final int port = BrokerProcess.freePort();

    @BeforeEach
    void start() throws Exception {
        spring = new AnnotationConfigApplicationContext();
        spring.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "eventful.data",
                                folder.toString(),
                                "eventful.broker.artemis.acceptor",
                                ChannelFixture.address(port),
                                "eventful.broker.artemis.user",
                                ChannelFixture.CLIENT,
                                "eventful.broker.artemis.password",
                                ChannelFixture.CLIENT_PASSWORD)));
        Binder binder = Binder.get(spring.getEnvironment());
        spring.registerBean(Clock.class, Clock::systemUTC);
        spring.registerBean(Timers.class, TestTimers::new);
        spring.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        spring.registerBean(StoreSettings.class, () -> binder.bindOrCreate("eventful.store", StoreSettings.class));
        spring.registerBean(BrokerSettings.class, () -> binder.bindOrCreate("eventful.broker", BrokerSettings.class));
        spring.registerBean(ChannelsSettings.class, () -> new ChannelsSettings(Map.of()));
        spring.register(ChannelFixture.storeConfiguration(), ChannelConfiguration.class);
        spring.refresh();
        camel = context();
    }

    CamelContext context() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.addComponent("channel", spring.getBean("channel-component", ChannelComponent.class));
        return context;
    }

    void routes(RouteBuilder routes) throws Exception {
        camel.addRoutes(routes);
        camel.start();
        template = camel.createProducerTemplate();
    }

    @AfterEach
    void stop() throws Exception {
        camel.close();
        spring.close();
    }

    static Event rendered(long position) {
        Event event = ChannelFixture.event("/customers/7", position);
        return new Event(
                "draft",
                event.source(),
                event.type(),
                event.subject(),
                event.time(),
                event.datacontenttype(),
                null,
                event.extensions(),
                event.data(),
                new Rendered(position, "state", 0));
    }
}
