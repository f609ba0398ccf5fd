package io.eventful.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** How a message says which step of which route it is about. */
class RouteStepTest {

    private static final String ROUTE = """
        - route:
            id: orders
            from:
              uri: direct:orders
              steps:
                - choice:
                    when:
                      - expression: {simple: {expression: "${body} == 'a'"}}
                        steps:
                          - process: {ref: told}
                    otherwise:
                      steps:
                        - process: {ref: told, id: other}
        """;

    private final List<String> told = new ArrayList<>();

    /** The number of a step in its generated id counts the steps of all routes that were ever loaded. */
    @Test
    void aStepWithoutAnIdOfTheFileIsToldByItsPlace() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setSourceLocationEnabled(true);
            context.getRegistry()
                    .bind("told", (org.apache.camel.Processor) exchange -> told.add(RouteStep.of(exchange)));
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes/orders.yaml", ROUTE));
            context.start();
            for (String body : List.of("a", "b"))
                context.createProducerTemplate().sendBody("direct:orders", body);
            assertThat(told)
                    .containsExactly(
                            "route orders, step process at routes/orders.yaml:10",
                            "route orders, step other at routes/orders.yaml:13");
        }
    }

    @Test
    void withoutAPlaceItIsToldByItsId() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry()
                    .bind("told", (org.apache.camel.Processor) exchange -> told.add(RouteStep.of(exchange)));
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes/orders.yaml", ROUTE));
            context.start();
            context.createProducerTemplate().sendBody("direct:orders", "a");
            assertThat(told).singleElement().asString().startsWith("route orders, step process");
        }
    }
}
