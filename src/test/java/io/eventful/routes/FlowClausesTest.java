package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.routes.RouteFlows.EventKind;
import io.eventful.routes.RouteFlows.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Steps that Camel keeps beside the outputs of a step are followed, too: its clauses. */
class FlowClausesTest {

    private static final String FAILING = """
        - doTry:
            steps:
              - setProperty: {name: event.type, expression: {constant: {expression: order.tried}}}
              - to: {uri: "mock:system"}
              - setProperty: {name: event.type, expression: {constant: {expression: order.sent}}}
            doCatch:
              - exception: [java.lang.Exception]
                steps:
                  - transformDataType: {toType: "event:state"}
                  - to: {uri: "channel:caught"}
                  - setProperty: {name: event.type, expression: {constant: {expression: order.failed}}}
                  - to: {uri: "channel:failed"}%s
              - exception: [java.lang.Error]
                disabled: "true"
                steps: [{to: {uri: "channel:never"}}]
            doFinally:
              steps:
                - to: {uri: "channel:over"}
        - to: {uri: "channel:after"}
        """;

    @TempDir
    Path folder;

    private Map<String, RouteHop> hops(String steps) throws IOException {
        Files.writeString(
                folder.resolve("a.yaml"),
                "- route:\n    id: orders\n    from:\n      uri: capture:/orders/{id}\n      steps:\n"
                        + steps.indent(8));
        RoutesSettings settings =
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("eventful.routes", RoutesSettings.class);
        try (RouteLint lint = new RouteLint(settings, Map.of());
                RouteSurvey survey = lint.survey(folder)) {
            assertThat(survey.isSound()).as(survey.problems().toString()).isTrue();
            return survey.trace(List.of("orders"), Set.of(new EventKind("order.created", ""))).stream()
                    .collect(Collectors.toMap(RouteHop::target, Function.identity()));
        }
    }

    private static List<String> types(RouteHop hop) {
        return hop.events().stream().map(EventKind::type).distinct().sorted().toList();
    }

    @Test
    void whatACatchOrFinallyClauseSendsIsKnown() throws IOException {
        Map<String, RouteHop> hops = hops(FAILING.formatted(""));
        // Any step within doTry may be the last before the clause.
        assertThat(types(hops.get("caught")))
                .contains("order.created", "order.tried")
                .doesNotContain("order.failed");
        assertThat(hops.get("failed").events()).containsExactly(new EventKind("order.failed", "state"));
        assertThat(types(hops.get("over"))).contains("order.sent", "order.failed");
        assertThat(types(hops.get("after"))).contains("order.sent", "order.failed");
        assertThat(hops).doesNotContainKey("never");
    }

    @Test
    void aCatchClauseIsADecisionAndMayEndTheRoute() throws IOException {
        Map<String, RouteHop> hops = hops(FAILING.formatted(""));
        assertThat(hops.get("failed").conditions()).singleElement().asString().startsWith("doCatch");
        assertThat(hops.get("over").conditions()).isEmpty();
        assertThat(hops.get("after").conditions()).isEmpty();
        assertThat(hops(FAILING.formatted("\n          - stop: {}"))
                        .get("after")
                        .conditions())
                .singleElement()
                .asString()
                .startsWith("not ended by doTry");
    }

    /** The libraries of circuit breakers are not on the class path, so the route is only read. */
    @Test
    void whatTheFallbackOfACircuitBreakerSendsIsKnown() throws Exception {
        RouteDefinition route = new RouteDefinition("capture:/orders/{id}");
        route.setId("orders");
        route.circuitBreaker().to("channel:sent").onFallback().to("channel:fallback");
        try (CamelContext context = new DefaultCamelContext()) {
            assertThat(new FlowReader(context, List.of(route)).read())
                    .extracting(Flow::channel)
                    .containsExactly("sent", "fallback");
        }
    }

    @Test
    void eachBranchOfALoadBalancerBeginsAnew() throws IOException {
        Map<String, RouteHop> hops = hops("""
            - loadBalance:
                roundRobinLoadBalancer: {}
                steps:
                  - setProperty: {name: event.type, expression: {constant: {expression: order.first}}}
                  - to: {uri: "mock:second"}
            - to: {uri: "mock:after"}
            """);
        assertThat(types(hops.get("mock:second"))).containsExactly("order.created");
        assertThat(hops.get("mock:second").conditions())
                .singleElement()
                .asString()
                .startsWith("loadBalance");
        assertThat(types(hops.get("mock:after"))).containsExactly("order.created", "order.first");
    }
}
