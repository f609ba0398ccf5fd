package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.junit.jupiter.api.Test;

/** What reaches the routes that begin with {@code channel:NAME}. */
class ChannelConsumerTest extends ChannelComponentFixture {

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

    /** It takes no further event and still runs, so its aggregate is completed as it says. */
    @Test
    void whatARouteHasAggregatedGoesOnWhenItStopsIfItIsForced() throws Exception {
        ConcurrentLinkedQueue<Event> held = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<List<?>> groups = new ConcurrentLinkedQueue<>();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("in").to("channel:customers");
                from("channel:customers")
                        .routeId("out")
                        .process(e -> held.add(e.getMessage().getBody(Event.class)))
                        .aggregate(constant("all"), new GroupedBodyAggregationStrategy())
                        .completionSize(3)
                        .forceCompletionOnStop()
                        .process(e -> groups.add(e.getMessage().getBody(List.class)));
            }
        });
        template.requestBody("direct:in", rendered(1));
        template.requestBody("direct:in", rendered(2));
        await().untilAsserted(() -> assertThat(held).hasSize(2));
        camel.getRouteController().stopRoute("out");
        assertThat(groups).singleElement().satisfies(group -> assertThat(group).hasSize(2));
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
}
