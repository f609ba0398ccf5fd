package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import io.eventful.event.EventId;
import io.eventful.event.Publication;
import io.eventful.event.Publications;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
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
