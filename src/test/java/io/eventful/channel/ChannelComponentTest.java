package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import io.eventful.event.EventId;
import io.eventful.event.Publication;
import io.eventful.event.Publications;
import io.eventful.event.Rendered;
import io.eventful.event.Timers;
import io.eventful.harness.TestTimers;
import io.eventful.store.StoreSettings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The {@code channel:} component in a real Camel context, with the package's own configuration and embedded broker. */
class ChannelComponentTest {

    @TempDir
    Path folder;

    private AnnotationConfigApplicationContext spring;
    private CamelContext camel;
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        spring = new AnnotationConfigApplicationContext();
        spring.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("eventful.data", folder.toString())));
        Binder binder = Binder.get(spring.getEnvironment());
        spring.registerBean(Clock.class, Clock::systemUTC);
        spring.registerBean(Timers.class, TestTimers::new);
        spring.registerBean(StoreSettings.class, () -> binder.bindOrCreate("eventful.store", StoreSettings.class));
        spring.registerBean(BrokerSettings.class, () -> binder.bindOrCreate("eventful.broker", BrokerSettings.class));
        spring.registerBean(ChannelsSettings.class, () -> new ChannelsSettings(Map.of()));
        spring.register(ChannelFixture.storeConfiguration(), ChannelConfiguration.class);
        spring.refresh();
        camel = context();
    }

    private CamelContext context() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.addComponent("channel", spring.getBean("channel-component", ChannelComponent.class));
        return context;
    }

    private void routes(RouteBuilder routes) throws Exception {
        camel.addRoutes(routes);
        camel.start();
        template = camel.createProducerTemplate();
    }

    @AfterEach
    void stop() throws Exception {
        camel.close();
        spring.close();
    }

    @Test
    void aRenderedEventIsPublishedWithItsFinalIdAndReachesTheRouteThatConsumes() throws Exception {
        ConcurrentLinkedQueue<Exchange> received = new ConcurrentLinkedQueue<>();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("in").to("channel:customers");
                from("channel:customers").routeId("out").process(received::add);
            }
        });
        Event rendered = rendered(7);
        Event published = (Event) template.requestBody("direct:in", rendered);
        assertThat(published.id()).isEqualTo(EventId.of(7, "customers", "state", 0));
        await().untilAsserted(() -> assertThat(received).hasSize(1));
        assertThat(received.peek().getMessage().getBody(Event.class)).isEqualTo(published);
        Publications publications = spring.getBean(Publications.class);
        assertThat(publications.find("customers", published.position(), published.source(), published.id()))
                .map(Publication::event)
                .contains(published);
        assertThat(publications.head()).isEqualTo(1);
    }

    @Test
    void eachRouteOfAChannelGetsAllOfItsEvents() throws Exception {
        ConcurrentLinkedQueue<Exchange> left = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Exchange> right = new ConcurrentLinkedQueue<>();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("in").to("channel:customers");
                from("channel:customers").routeId("left").process(left::add);
                from("channel:customers").routeId("right").process(right::add);
            }
        });
        template.requestBody("direct:in", rendered(7));
        await().untilAsserted(() -> {
            assertThat(left).hasSize(1);
            assertThat(right).hasSize(1);
        });
    }

    @Test
    void structuredEventsInEveryShapeArePublishedAsTheyAre() throws Exception {
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("in").to("channel:foreign");
                from("channel:foreign")
                        .routeId("out")
                        .process(e -> received.add(e.getMessage().getBody(Event.class)));
            }
        });
        for (int i = 0; i < 4; i++) {
            String json = "{\"specversion\":\"1.0\",\"id\":\"" + i
                    + "\",\"source\":\"/s\",\"type\":\"t\",\"subject\":\"/x\",\"data\":{\"n\":1.10}}";
            template.requestBody("direct:in", shape(i, json));
        }
        await().untilAsserted(() -> assertThat(received).hasSize(4));
        assertThat(received).extracting(Event::id).containsExactly("0", "1", "2", "3");
        assertThat(received.stream().limit(3))
                .allSatisfy(event -> assertThat(new String(event.data(), StandardCharsets.UTF_8))
                        .isEqualTo("{\"n\":1.10}"));
    }

    private static Object shape(int i, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return switch (i) {
            case 0 -> json;
            case 1 -> bytes;
            case 2 -> new ByteArrayInputStream(bytes);
            default -> Map.of("specversion", "1.0", "id", "3", "source", "/s", "type", "t", "data", Map.of("n", 1));
        };
    }

    @Test
    void anythingElseIsRefusedWithPlaceAndRemedy() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("broken").to("channel:customers").id("publish-it");
            }
        });
        for (Object body : List.of("hello", Map.of("a", 1), 42L))
            assertThatThrownBy(() -> template.requestBody("direct:in", body))
                    .rootCause()
                    .hasMessageContaining("'broken'")
                    .hasMessageContaining("'publish-it'")
                    .hasMessageContaining("transformDataType");
    }

    @Test
    void typeAndSubjectCanBeReplacedAndMakeAnEventOfItsOwn() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .routeId("in")
                        .to("channel:customers")
                        .setProperty("event.type", constant("customer.renamed"))
                        .setProperty("event.subject", constant("/people/7"))
                        .to("channel:customers");
            }
        });
        Event second = (Event) template.requestBody("direct:in", rendered(7));
        assertThat(second.type()).isEqualTo("customer.renamed");
        assertThat(second.key()).isEqualTo("/people/7");
        assertThat(spring.getBean(Publications.class).after(0, 10)).hasSize(2);
    }

    @Test
    void aFailedExchangeIsTriedAgainAndAHandledOneIsNot() throws Exception {
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalArgumentException.class).handled(true);
                from("direct:in").routeId("in").to("channel:customers");
                from("channel:customers").routeId("out").process(exchange -> {
                    Event event = exchange.getMessage().getBody(Event.class);
                    seen.add(event.type());
                    if (event.position() == 1 && seen.size() < 3) throw new IllegalStateException("again");
                    if (event.position() == 2) throw new IllegalArgumentException("handled");
                });
            }
        });
        template.requestBody("direct:in", rendered(1));
        await().untilAsserted(() -> assertThat(seen).hasSize(3));
        template.requestBody("direct:in", rendered(2).withType("second"));
        template.requestBody("direct:in", rendered(3).withType("third"));
        await().untilAsserted(() -> assertThat(seen).contains("third"));
        assertThat(seen).filteredOn("second"::equals).hasSize(1);
    }

    @Test
    void aRouteThatIsNotRunningMissesNothing() throws Exception {
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        RouteBuilder both = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("in").to("channel:customers");
                from("channel:customers")
                        .routeId("out")
                        .process(e -> received.add(e.getMessage().getBody(Event.class)));
            }
        };
        routes(both);
        camel.getRouteController().stopRoute("out");
        template.requestBody("direct:in", rendered(1));
        camel.close();
        camel = context();
        routes(both);
        await().untilAsserted(() -> assertThat(received).hasSize(1));
        assertThat(spring.getBean(Channels.class).orphans()).isEmpty();
    }

    @Test
    void aNameThatNoBrokerTakesIsRefused() {
        assertThatThrownBy(() -> routes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:in").routeId("in").to("channel:a b");
                    }
                }))
                .isInstanceOf(FailedToCreateRouteException.class)
                .rootCause()
                .hasMessageContaining("not a channel name");
    }

    private static Event rendered(long position) {
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
