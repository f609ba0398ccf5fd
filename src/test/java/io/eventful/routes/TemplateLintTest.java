package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What lint says of routes from templates, and of what is told at its place. */
class TemplateLintTest extends LintFixture {

    @Test
    void aTemplateMayWriteToAChannelAndItsRoutesShouldHaveIds() throws IOException {
        assertThat(lint("""
            - routeTemplate:
                id: telling
                parameters: [{name: res, required: true}]
                from:
                  uri: "capture:/{{res}}/{id}"
                  steps:
                    - transformDataType: {toType: "event:state"}
                    - to: {uri: "channel:{{res}}"}
            - templatedRoute:
                routeTemplateRef: telling
                parameters: [{name: res, value: cats}]
            """ + route("r", "channel:cats", "- to: {uri: \"subscribers:cats\"}")))
                .containsExactly("a.yaml:10:5: warning route-without-id: the route has no id, so an id is derived from"
                        + " the file name");
    }

    @Test
    void whatRoutesFromTemplatesUseIsUsed() throws IOException {
        String template = """
            - routeTemplate:
                id: viewing
                parameters: [{name: res, required: true}, {name: from, defaultValue: default}]
                from:
                  uri: "capture:/{{res}}/{id}"
                  parameters: {upstream: "{{from}}"}
                  steps:
                    - transformDataType: {toType: "event:state"}
                    - to: {uri: "view:{{res}}"}
            """;
        String use = """
            - templatedRoute: {routeId: %1$s, routeTemplateRef: viewing, parameters: [{name: res, value: %1$s}%2$s]}
            """;
        String reading = capture("reading", "/old-cats/{id}", "queries: \"view:%s\"");
        configuration.put("eventful.upstreams.default.url", "http://127.0.0.1:1");
        String cats = template + use.formatted("a", "") + use.formatted("cats", "");
        assertThat(lint(cats + reading.formatted("cats"))).isEmpty();
        assertThat(lint(cats + reading.formatted("catz")))
                .containsExactly("a.yaml:16:20: error unknown-view: no route projects into the view \"catz\"");
        assertThat(lint(template + use.formatted("a", ", {name: from, value: shop}")))
                .containsExactly("a.yaml:6:20: error unknown-upstream: there is no upstream \"shop\"");
        assertThat(lint(template + use.formatted("a", "") + capture("b", "/a/{id}", "before: fetch")))
                .singleElement()
                .asString()
                .contains("conflicting-options: the template /a/{id} is captured with a different");
    }

    @Test
    void theUpstreamOfReadsIsOneOfTheConfiguration() throws IOException {
        configuration.put("eventful.upstreams.default.url", "http://127.0.0.1:1");
        configuration.put("eventful.upstreams.replica.url", "http://127.0.0.1:2");
        assertThat(lint(capture("a", "/a/{id}", "queryUpstream: replica"))).isEmpty();
        assertThat(lint(capture("a", "/a/{id}", "queryUpstream: replika, upstream: shop")))
                .containsExactlyInAnyOrder(
                        "a.yaml:5:20: error unknown-upstream: there is no upstream \"replika\"",
                        "a.yaml:5:44: error unknown-upstream: there is no upstream \"shop\"");
    }

    @Test
    void aRouteFromATemplateHasAnIdOfItsOwn() throws IOException {
        assertThat(lint("""
            - routeTemplate:
                id: telling
                parameters: [{name: name}]
                from:
                  uri: "timer:{{name}}"
                  steps:
                    - log: {message: x}
            - templatedRoute: {routeId: a, routeTemplateRef: telling, parameters: [{name: name, value: x}]}
            """ + route("a", "timer:a", "- log: {message: x}")))
                .containsExactly(
                        "a.yaml:10:9: error duplicate-route-id: the route id \"a\" is already used in" + " a.yaml:8");
    }

    @Test
    void aStepThatNeedsWhatIsNotThereIsToldAtItsPlace() throws IOException {
        assertThat(lint(route("a", "timer:a", "- log: {message: x}", "- circuitBreaker: {steps: [{log: {message: y}}]}")
                        + route("saga", "timer:b", "- log: {message: x}", "- saga: {steps: [{log: {message: y}}]}")))
                .containsExactly(
                        "a.yaml:7:11: error route: Cannot find camel-resilience4j or camel-microprofile-fault-tolerance"
                                + " on the classpath.",
                        "a.yaml:14:11: error route: No bean could be found in the registry for:"
                                + " org.apache.camel.saga.CamelSagaService");
    }

    @Test
    void tooManyAliasesAreToldWithTheirLimitAndPlace() throws IOException {
        String routes = route("a", "timer:a", "- log: &log {message: x}")
                + "        - log: *log\n".repeat(50)
                + "        - log: *log\n".repeat(5);
        assertThat(lint(routes))
                .containsExactly(
                        "a.yaml:57:16: error yaml-syntax: the file has more than 50 aliases of mappings or" + " lists");
    }
}
