package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.exchange.ChangeExchange;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

class CamelTest extends CaptureFixture {

    private static final String ROUTE = """
        - route:
            id: %s
            from:
              uri: capture:%s
              parameters: {%s}
              steps:
                - setProperty: {name: what, simple: "${body.resource} ${body.action} ${body.item.subject}"}
                - process: {ref: sink}
        """;

    final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

    private DefaultCamelContext context(String... yaml) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.addComponent("capture", new CaptureComponent(gateway.captures));
        context.getRegistry().bind("sink", (org.apache.camel.Processor) exchange -> exchanges.add(exchange.copy()));
        for (int i = 0; i < yaml.length; i++)
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("r" + i + ".yaml", yaml[i]));
        return context;
    }

    @Test
    void aYamlRouteReceivesChanges() throws Exception {
        try (DefaultCamelContext context =
                context(ROUTE.formatted("customers", "/customers/{id}", "resource: customer, redact: '/a,/b'"))) {
            context.start();
            gateway.call("PUT", "/customers/7", "{\"n\":1,\"a\":2}");
            await().untilAsserted(() -> assertThat(exchanges).hasSize(1));
            Exchange exchange = exchanges.getFirst();
            assertThat(exchange.getIn().getBody()).isInstanceOf(Change.class);
            assertThat(exchange.getProperty("what")).isEqualTo("customer created /customers/7");
            assertThat(exchange.getIn().getHeader(ChangeExchange.POSITION)).isEqualTo(1L);
            assertThat(exchange.getProperty(ChangeExchange.ROUTE)).isEqualTo("customers");
            context.stop();
            assertThat(gateway.captures.routes()).isEmpty();
        }
    }

    @Test
    void whatIsRolledBackIsTriedAgain() throws Exception {
        String route = ROUTE.formatted("customers", "/customers/{id}", "resource: customer")
                + "        - rollback: {markRollbackOnly: true}\n";
        try (DefaultCamelContext context = context(route)) {
            context.start();
            gateway.call("PUT", "/customers/7", "{\"n\":1}");
            await().untilAsserted(() -> assertThat(exchanges).hasSizeGreaterThan(1));
        }
    }

    @Test
    void aCollectionWithVariablesIsReadFromYaml() throws Exception {
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, 201, "[{\"id\":11}]");
            return true;
        };
        try (DefaultCamelContext context = context(ROUTE.formatted(
                "bulk", "/t/{t}/customers/bulk", "items: '#', collection: '/t/{t}/customers', resource: customer"))) {
            context.start();
            gateway.call("POST", "/t/1/customers/bulk", "[{}]");
            await().untilAsserted(() -> assertThat(exchanges)
                    .extracting(exchange -> exchange.getProperty("what"))
                    .containsExactly("customer created /t/1/customers/11"));
        }
        try (DefaultCamelContext context =
                context(ROUTE.formatted("bulk", "/t/{t}/bulk", "items: '#', collection: '/t/{x}/customers'"))) {
            assertThatThrownBy(context::start).rootCause().hasMessageContaining("has no {x}");
        }
    }

    @Test
    void theOpenTemplateAndDeepOnesAreReadFromYaml() throws Exception {
        try (DefaultCamelContext context = context(
                ROUTE.formatted("all", "/**", ""),
                ROUTE.formatted("lines", "/orders/{order}/lines/{line}", "laneWait: 500ms"))) {
            context.start();
            gateway.call("PUT", "/orders/1/lines/2", "{\"n\":1}");
            gateway.call("PUT", "/things/2", "{\"n\":1}");
            await().untilAsserted(() -> assertThat(exchanges)
                    .extracting(
                            exchange -> exchange.getProperty(ChangeExchange.ROUTE) + " " + exchange.getProperty("what"))
                    .containsExactlyInAnyOrder(
                            "lines lines created /orders/1/lines/2", "all things created /things/2"));
        }
    }

    @Test
    void aWrongOptionStopsTheStartAndNamesIt() {
        assertThatThrownBy(() -> {
                    try (DefaultCamelContext context =
                            context(ROUTE.formatted("customers", "/customers/{id}", "before: always"))) {
                        context.start();
                    }
                })
                .rootCause()
                .hasMessageContaining("before=always")
                .hasMessageContaining("ledger, fetch, none");
    }

    @Test
    void generationsAreExchanged() throws Exception {
        DefaultCamelContext old = context(ROUTE.formatted("customers", "/customers/{id}", ""));
        gateway.captures.swap(old::start);
        gateway.call("PUT", "/customers/7", "{\"n\":1}");
        DefaultCamelContext next = context(ROUTE.formatted("customers", "/customers/{id}", "before: none"));
        gateway.captures.swap(() -> {
            old.stop();
            next.start();
        });
        gateway.call("PUT", "/customers/7", "{\"n\":2}");
        await().untilAsserted(() -> assertThat(exchanges).hasSize(2));
        next.stop();
    }
}
