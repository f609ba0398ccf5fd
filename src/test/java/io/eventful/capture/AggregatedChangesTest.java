package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ServiceStatus;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A route that stops takes no further change and still runs: its aggregates are completed as they say. */
class AggregatedChangesTest extends CaptureFixture {

    private static final String ROUTE = """
        - route:
            id: batches
            from:
              uri: capture:/customers/{id}
              steps:
                - process: {ref: seen}
                - aggregate:
                    correlationExpression: {constant: {expression: all}}
                    aggregationStrategy: group
                    completionSize: 3
                    %s
                    steps:
                      - process: {ref: sink}
        """;

    private final List<Exchange> seen = new CopyOnWriteArrayList<>();
    private final List<List<?>> groups = new CopyOnWriteArrayList<>();
    private DefaultCamelContext context;

    @BeforeEach
    void create() {
        context = new DefaultCamelContext();
        context.addComponent("capture", new CaptureComponent(gateway.captures));
        context.getRegistry().bind("group", new GroupedBodyAggregationStrategy());
        context.getRegistry().bind("seen", (Processor) seen::add);
        context.getRegistry().bind("sink", (Processor)
                exchange -> groups.add(exchange.getIn().getBody(List.class)));
    }

    @AfterEach
    void end() throws Exception {
        context.close();
    }

    private void start(String options) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString("batches.yaml", ROUTE.formatted(options)));
        context.start();
    }

    private void change(int... ids) throws Exception {
        int before = seen.size();
        for (int id : ids) gateway.call("PUT", "/customers/" + id, "{\"n\":1}");
        await().untilAsserted(() -> assertThat(seen).hasSize(before + ids.length));
    }

    @Test
    void whatIsAggregatedGoesOnWhenItsRouteStopsIfItIsForced() throws Exception {
        start("forceCompletionOnStop: true");
        change(1, 2);
        context.getRouteController().stopRoute("batches", 10, TimeUnit.SECONDS);
        assertThat(groups).singleElement().satisfies(group -> assertThat(group).hasSize(2));
        assertThat(gateway.captures.routes()).isEmpty();
    }

    @Test
    void theStopWaitsUntilAllIsCompletedIfItIsToldTo() throws Exception {
        start("completeAllOnStop: true, completionTimeout: 100, completionTimeoutCheckerInterval: 20"
                .replace(", ", "\n            "));
        change(1, 2);
        context.getRouteController().stopRoute("batches", 10, TimeUnit.SECONDS);
        assertThat(groups).singleElement().satisfies(group -> assertThat(group).hasSize(2));
    }

    @Test
    void aSuspendedRouteTakesNoChangeUntilItIsResumed() throws Exception {
        start("forceCompletionOnStop: true");
        context.getRouteController().suspendRoute("batches", 10, TimeUnit.SECONDS);
        assertThat(context.getRouteController().getRouteStatus("batches")).isEqualTo(ServiceStatus.Suspended);
        assertThat(gateway.captures.routes()).isEmpty();
        context.getRouteController().resumeRoute("batches");
        change(1, 2, 3);
        await().untilAsserted(() -> assertThat(groups).hasSize(1));
        context.getRouteController().suspendRoute("batches", 10, TimeUnit.SECONDS);
        context.getRouteController().stopRoute("batches", 10, TimeUnit.SECONDS);
        context.getRouteController().startRoute("batches");
        change(4, 5, 6);
        await().untilAsserted(() -> assertThat(groups).hasSize(2));
    }
}
