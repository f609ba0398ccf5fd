package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import io.eventful.event.EventId;
import io.eventful.event.Publication;
import io.eventful.event.Publications;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** What {@code to: channel:NAME} takes, and what it publishes. */
class ChannelProducerTest extends ChannelComponentFixture {

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
                    .hasMessageContaining("route broken")
                    .hasMessageContaining("step publish-it")
                    .hasMessageContaining("transformDataType");
    }

    @Test
    void aRouteAddsExtensionAttributes() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .routeId("in")
                        .setProperty("event.extension.team", simple("${header.team}"))
                        .setProperty("event.extension.none", simple("${header.absent}"))
                        .to("channel:customers");
                from("direct:taken")
                        .routeId("taken")
                        .setProperty("event.extension.revision", constant("9"))
                        .to("channel:customers");
                from("direct:wrong")
                        .routeId("wrong")
                        .setProperty("event.extension.Team_Name", constant("x"))
                        .to("channel:customers");
            }
        });
        Event event = (Event) template.requestBodyAndHeader("direct:in", rendered(7), "team", "sales");
        assertThat(event.extensions()).containsEntry("team", "sales").doesNotContainKey("none");
        assertThat(spring.getBean(Publications.class).after(0, 10))
                .singleElement()
                .satisfies(kept -> assertThat(kept.event().extensions()).containsEntry("team", "sales"));
        assertThatThrownBy(() -> template.requestBody("direct:taken", rendered(8)))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining("event.extension.revision")
                .hasMessageContaining("is taken");
        assertThatThrownBy(() -> template.requestBody("direct:wrong", rendered(9)))
                .rootCause()
                .hasMessageContaining("lower-case letters and digits");
        assertThatThrownBy(() -> template.requestBodyAndHeader("direct:in", rendered(10), "team", "a\nb"))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("event.extension.team")
                .hasMessageContaining("U+000A");
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
    void whatCouldNotBeReadAgainIsRefusedAndNotKept() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:type")
                        .routeId("type")
                        .setProperty("event.type", constant(""))
                        .to("channel:customers");
                from("direct:subject")
                        .routeId("subject")
                        .setProperty("event.subject", constant(""))
                        .to("channel:customers");
                from("direct:in").routeId("in").to("channel:customers");
            }
        });
        Event named = rendered(7);
        Event misnamed =
                new Event("1", "/s", "t", null, null, "application/json", null, Map.of("tenantId", "7"), new byte[0]);
        assertThatThrownBy(() -> template.requestBody("direct:type", named))
                .rootCause()
                .hasMessageContaining("type is empty");
        assertThatThrownBy(() -> template.requestBody("direct:subject", named))
                .rootCause()
                .hasMessageContaining("subject is empty");
        for (Object body : List.of(misnamed, List.of(named, misnamed)))
            assertThatThrownBy(() -> template.requestBody("direct:in", body))
                    .rootCause()
                    .hasMessageContaining("lower-case letters and digits");
        template.requestBody("direct:in", named);
        assertThat(spring.getBean(Publications.class).after(0, 10)).hasSize(1);
    }

    @Test
    void aPlainClientMaySubscribeBeforeAnythingIsPublished() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("in").to("channel:quiet");
                from("channel:other").routeId("other").to("log:other");
            }
        });
        // Declared after it, on the same thread: so it is done.
        spring.getBean(Channels.class)
                .declare("other", "last")
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(ChannelFixture.address(port));
                JMSContext jms = factory.createContext(ChannelFixture.CLIENT, ChannelFixture.CLIENT_PASSWORD)) {
            JMSConsumer consumer = jms.createConsumer(jms.createTopic("quiet"));
            Event published = (Event) template.requestBody("direct:in", rendered(7));
            assertThat(consumer.receive(10_000).getStringProperty("cloudEvents_id"))
                    .isEqualTo(published.id());
        }
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
}
