package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Event;
import io.eventful.event.EventJson;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SubscribersComponentTest {

    private static final Event EVENT = Rig.event("/customers/42", 7);

    private final CamelContext camel = new DefaultCamelContext();
    private final List<Event> delivered = new CopyOnWriteArrayList<>();
    private CompletableFuture<Void> outcome = CompletableFuture.completedFuture(null);

    @BeforeEach
    void start() throws Exception {
        camel.addComponent("subscribers", new SubscribersComponent((channel, event) -> {
            assertThat(channel).isEqualTo("customers");
            delivered.add(event);
            return outcome;
        }));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .routeId("customers-subscribers")
                        .to("subscribers:customers")
                        .id("fan-out");
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private Exchange send(Object body) {
        return camel.createFluentProducerTemplate()
                .to("direct:in")
                .withBody(body)
                .send();
    }

    static Stream<Object> bodies() {
        byte[] json = EventJson.write(EVENT);
        return Stream.of(
                EVENT,
                json,
                new String(json, java.nio.charset.StandardCharsets.UTF_8),
                new ByteArrayInputStream(json),
                EventJson.tree(EVENT),
                Map.of("specversion", "1.0", "id", "e7", "source", "/upstreams/default", "type", "customer.updated"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void anEventIsTakenInEveryForm(Object body) {
        assertThat(send(body).getException()).isNull();
        assertThat(delivered)
                .singleElement()
                .satisfies(event -> assertThat(event.id()).isEqualTo("e7"));
    }

    @Test
    void anythingElseIsRefusedWithTheRouteAndTheNode() {
        assertThat(send("hello").getException())
                .hasMessageContaining("customers-subscribers")
                .hasMessageContaining("fan-out")
                .hasMessageContaining("event:state");
        assertThat(send(null).getException()).hasMessageContaining("customers-subscribers");
        assertThat(delivered).isEmpty();
    }

    @Test
    void theExchangeFailsWhenADeliveryCannotBeRecorded() {
        outcome = CompletableFuture.failedFuture(new IllegalStateException("store"));
        assertThat(send(EVENT).getException()).isInstanceOf(IllegalStateException.class);
    }
}
