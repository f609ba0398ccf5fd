package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.junit.jupiter.api.Test;

/** A route that stops takes no further receipt and still runs, so its aggregate is completed as it says. */
class AggregatedReceiptsTest extends HouseFixture {

    private final List<Change> held = new CopyOnWriteArrayList<>();
    private final List<List<?>> groups = new CopyOnWriteArrayList<>();

    private void post(String id) throws Exception {
        assertThat(house.post("/in", "{}", "Authorization", "Bearer s", "X-Id", id)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatARouteHasAggregatedGoesOnWhenItStopsIfItIsForced() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addComponent("webhook-in", new WebhookInComponent(house.receipts));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("webhook-in:/in?provider=bearer&secret=s&delivery=X-Id")
                            .routeId("in")
                            .process(e -> held.add(e.getMessage().getBody(Change.class)))
                            .aggregate(constant("all"), new GroupedBodyAggregationStrategy())
                            .completionSize(3)
                            .forceCompletionOnStop()
                            .process(e -> groups.add(e.getMessage().getBody(List.class)));
                }
            });
            context.start();
            post("a");
            post("b");
            await().untilAsserted(() -> assertThat(held).hasSize(2));
            context.getRouteController().suspendRoute("in");
            assertThat(house.receipts.paths()).isEmpty();
            context.getRouteController().resumeRoute("in");
            assertThat(house.receipts.paths()).containsExactly("/in");
            context.getRouteController().stopRoute("in");
        }
        assertThat(groups).singleElement().satisfies(group -> assertThat(group).hasSize(2));
    }
}
