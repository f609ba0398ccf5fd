package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutesBuilderLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.spring.junit5.CamelSpringTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextConfiguration;

/** An ordinary Camel test of a route's steps, without the gateway: for logic that is quicker to try in Java. */
@CamelSpringTest
@ContextConfiguration(classes = CamelRouteTest.Beans.class)
class CamelRouteTest {

    private static final String ROUTE = """
        - route:
            id: large
            from:
              uri: direct:payments
              steps:
                - filter:
                    expression:
                      simple:
                        expression: "${body[amount]} > 10000"
                    steps:
                      - to:
                          uri: mock:large
        """;

    @Configuration(proxyBeanMethods = false)
    static class Beans {
        @Bean
        CamelContext camel(org.springframework.context.ApplicationContext application) throws Exception {
            var context = new org.apache.camel.spring.SpringCamelContext(application);
            context.disableJMX();
            RoutesBuilderLoader yaml = PluginHelper.getRoutesLoader(context).getRoutesLoader("yaml");
            context.addRoutes(yaml.loadRoutesBuilder(ResourceHelper.fromString("large.yaml", ROUTE)));
            return context;
        }
    }

    @Autowired
    private CamelContext camel;

    @Test
    void onlyLargePaymentsPass() throws InterruptedException {
        MockEndpoint large = camel.getEndpoint("mock:large", MockEndpoint.class);
        large.expectedMessageCount(1);
        try (ProducerTemplate producer = camel.createProducerTemplate()) {
            producer.sendBody("direct:payments", java.util.Map.of("amount", 25_000));
            producer.sendBody("direct:payments", java.util.Map.of("amount", 9));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        large.assertIsSatisfied();
        assertThat(((ModelCamelContext) camel).getRouteDefinitions())
                .extracting(RouteDefinition::getId)
                .containsExactly("large");
    }
}
