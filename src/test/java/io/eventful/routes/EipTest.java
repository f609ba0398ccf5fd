package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Camel's patterns between a change and an event, each from a route file, in a real context. */
class EipTest {

    @TempDir
    Path folder;

    private List<Object> sent(String steps, Object... bodies) {
        return sent("", steps, bodies);
    }

    /** What mock:out received; {@code preface} stands before the route in the file. */
    private List<Object> sent(String preface, String steps, Object... bodies) {
        String route = preface + """
            - route:
                id: under-test
                from:
                  uri: direct:in
                  steps:
            """ + steps.indent(8);
        try (Bench bench = Bench.of(folder, route)) {
            MockEndpoint out = bench.mock("out");
            for (Object body : bodies) bench.send("direct:in", body);
            // An aggregate goes on behind the sender's back.
            if (steps.contains("aggregate"))
                await().until(() -> !out.getExchanges().isEmpty());
            return out.getExchanges().stream()
                    .map(exchange -> exchange.getMessage().getBody())
                    .toList();
        }
    }

    @Test
    void filterAndChoiceDecideByTheChange() {
        assertThat(sent("""
            - filter:
                expression: {simple: {expression: "${body.action} != 'deleted'"}}
                steps:
                  - choice:
                      when:
                        - expression: {simple: {expression: "${body.after.vip} == true"}}
                          steps:
                            - setBody: {expression: {constant: {expression: vip}}}
                      otherwise:
                        steps:
                          - setBody: {expression: {constant: {expression: other}}}
                  - to: {uri: "mock:out"}
            """, Changes.updated(), Changes.deleted())).containsExactly("vip");
    }

    @Test
    void filterDecidesByJsonPath() {
        assertThat(sent("""
            - filter:
                expression: {jsonpath: {expression: "$.after.lines[?(@.n > 4)]"}}
                steps:
                  - to: {uri: "mock:out"}
            """, Changes.updated())).hasSize(1);
    }

    @Test
    void multicastRendersOneChangeInAllThreePatterns() {
        List<Object> events = sent("""
            - multicast:
                steps:
                  - pipeline:
                      steps:
                        - transformDataType: {toType: "event:notification"}
                        - to: {uri: "mock:out"}
                  - pipeline:
                      steps:
                        - transformDataType: {toType: "event:state"}
                        - to: {uri: "mock:out"}
                  - pipeline:
                      steps:
                        - transformDataType: {toType: "event:change"}
                        - to: {uri: "mock:out"}
            """, Changes.updated());
        assertThat(events)
                .extracting(event -> ((Event) event).extensions().get("pattern"))
                .containsExactly("notification", "state", "change");
        assertThat(EventJson.tree((Event) events.getFirst()).at("/data/link").asText())
                .isEqualTo("https://api.example.org/customers/42");
    }

    @Test
    void everyVariantRenders() {
        for (String name : EventDataType.names()) {
            List<Object> events = sent(
                    "- transformDataType: {toType: \"" + name + "\"}\n- to: {uri: \"mock:out\"}", Changes.updated());
            assertThat(events)
                    .as(name)
                    .hasSize(1)
                    .allSatisfy(event -> assertThat(event).isInstanceOf(Event.class));
        }
    }

    @Test
    void optionsOfARenderingComeFromExchangeProperties() {
        List<Object> events = sent("""
            - setProperty: {name: event.title, expression: {constant: {expression: "Customer moved"}}}
            - transformDataType: {toType: "event:notification"}
            - to: {uri: "mock:out"}
            """, Changes.updated());
        assertThat(EventJson.tree((Event) events.getFirst()).at("/data/title").asText())
                .isEqualTo("Customer moved");
    }

    @Test
    void aComputedTitleMayHoldBraces() {
        List<Object> events = sent("""
            - setProperty: {name: event.title, expression: {constant: {expression: "{id} is {new} now {"}}}
            - transformDataType: {toType: "event:notification"}
            - to: {uri: "mock:out"}
            """, Changes.updated());
        assertThat(EventJson.tree((Event) events.getFirst()).at("/data/title").asText())
                .isEqualTo("42 is {new} now {");
    }

    @Test
    void optionsOfARenderingStandWithItsName() {
        List<Object> events = sent("""
            - setProperty: {name: event.tags, expression: {constant: {expression: "team=crm"}}}
            - transformDataType: {toType: "event:notification?title={resource} {id}: {action} %26c"}
            - to: {uri: "mock:out"}
            """, Changes.updated());
        var data = EventJson.tree((Event) events.getFirst()).path("data");
        assertThat(data.path("title").asText()).isEqualTo("customer 42: updated &c");
        assertThat(data.path("tags").path("team").asText()).isEqualTo("crm");
    }

    @Test
    void aChangeIsSplitIntoOneEventForEachMember() {
        List<Object> events = sent("""
            - transformDataType: {toType: "event:change-generic?split=true"}
            - split:
                expression: {simple: {expression: "${body}"}}
                steps:
                  - to: {uri: "mock:out"}
            """, Changes.updated());
        assertThat(events)
                .hasSizeGreaterThan(3)
                .allSatisfy(event -> assertThat(event).isInstanceOf(Event.class));
        assertThat(events).extracting(event -> ((Event) event).id()).doesNotHaveDuplicates();
    }

    @Test
    void splitTakesAnArrayApart() {
        assertThat(sent("""
            - split:
                expression: {simple: {expression: "${body.after.lines}"}}
                steps:
                  - setBody: {expression: {simple: {expression: "${body[sku]}"}}}
                  - to: {uri: "mock:out"}
            """, Changes.updated())).containsExactly("a-1", "b-2");
    }

    @Test
    void marshalWritesTheStructuredEvent() {
        List<Object> bodies = sent("""
            - transformDataType: {toType: "event:state"}
            - marshal: {json: {}}
            - convertBodyTo: {type: String}
            - to: {uri: "mock:out"}
            """, Changes.updated());
        Event event = EventJson.read(Json.parse((String) bodies.getFirst()));
        assertThat(event.type()).isEqualTo("customer.updated");
        assertThat(new String(event.data(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"total\":10.50");
    }

    @Test
    void enrichWireTapRecipientListAndDynamicTo() {
        List<Object> bodies = sent("""
            - route:
                id: side
                from:
                  uri: direct:side
                  steps:
                    - setBody: {expression: {simple: {expression: "side of ${body.subject}"}}}
            - route:
                id: tapped
                from:
                  uri: direct:tapped
                  steps:
                    - to: {uri: "mock:tapped"}
            """, """
            - wireTap: {uri: "direct:tapped", dynamicUri: false}
            - recipientList:
                expression: {simple: {expression: "mock:${body.resource},mock:all"}}
            - toD: {uri: "mock:${body.action}"}
            - enrich:
                expression: {constant: {expression: "direct:side"}}
            - to: {uri: "mock:out"}
            """, Changes.updated());
        assertThat(bodies).containsExactly("side of /customers/42");
    }

    @Test
    void onExceptionHandlesAndTheRouteContinues() {
        assertThat(sent("""
            - onException:
                exception: [java.lang.IllegalStateException]
                handled: {constant: {expression: "true"}}
                steps:
                  - setBody: {expression: {simple: {expression: "handled ${exception.message}"}}}
                  - to: {uri: "mock:out"}
            """, """
            - throwException: {exceptionType: java.lang.IllegalStateException, message: "no"}
            """, Changes.updated())).containsExactly("handled no");
    }

    @Test
    void doTryIdempotentLoopAggregateAndBeans() {
        assertThat(sent("""
            - beans:
                - name: seen
                  type: "#class:org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository"
                - name: join
                  type: "#class:org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy"
            """, """
            - doTry:
                steps:
                  - idempotentConsumer:
                      idempotentRepository: "#seen"
                      expression: {simple: {expression: "${body.position}"}}
                      steps:
                        - aggregate:
                            correlationExpression: {constant: {expression: "true"}}
                            aggregationStrategy: "#join"
                            completionSize: 1
                            steps:
                              - to: {uri: "mock:out"}
                doCatch:
                  - exception: [java.lang.Exception]
                    steps:
                      - to: {uri: "mock:caught"}
                doFinally:
                  steps:
                    - to: {uri: "mock:finally"}
            """, Changes.updated(), Changes.updated()))
                .singleElement()
                .isInstanceOf(List.class);
    }

    @Test
    void aSecondRenderingNamesRouteAndNode() {
        String steps = """
            - transformDataType: {toType: "event:state"}
            - transformDataType: {id: again, toType: "event:change"}
            """;
        assertThatThrownBy(() -> sent(steps, Changes.updated()))
                .hasStackTraceContaining("body of route under-test at node again is a Event");
    }

    @Test
    void routeConfigurationsTemplatesAndPlaceholdersWorkAcrossFiles() {
        try (Bench bench = new Bench(folder)) {
            bench.write("a-use.yaml", """
                - templatedRoute:
                    routeTemplateRef: greet
                    routeId: hello
                    parameters:
                      - {name: who, value: world}
                - route:
                    id: guarded
                    routeConfigurationId: guard
                    from:
                      uri: direct:guarded
                      steps:
                        - throwException: {exceptionType: java.lang.IllegalStateException, message: "x"}
                """).write("b-define.yaml", """
                    - routeTemplate:
                        id: greet
                        parameters:
                          - {name: who}
                        from:
                          uri: "direct:{{who}}"
                          steps:
                            - setBody: {expression: {constant: {expression: "hello {{who}}"}}}
                    - routeConfiguration:
                        id: guard
                        onException:
                          - onException:
                              exception: [java.lang.Exception]
                              handled: {constant: {expression: "true"}}
                              steps:
                                - setBody: {expression: {constant: {expression: saved}}}
                    """);
            bench.sets.start();
            assertThat(bench.request("direct:world", "")).isEqualTo("hello world");
            assertThat(bench.request("direct:guarded", "")).isEqualTo("saved");
            assertThat(bench.sets.state().routes())
                    .extracting(RoutesState.RouteState::id)
                    .contains("hello", "guarded");
        }
    }

    @Test
    void sedaTimerAndLogRun() {
        try (Bench bench = Bench.of(folder, """
            - route:
                id: tick
                from:
                  uri: timer:tick
                  parameters: {period: 10, repeatCount: 3}
                  steps:
                    - to: {uri: "seda:work"}
            - route:
                id: work
                from:
                  uri: seda:work
                  steps:
                    - log: {message: "tick ${exchangeProperty.CamelTimerCounter}"}
                    - delay: {expression: {constant: {expression: "1"}}}
                    - to: {uri: "mock:out"}
            """)) {
            await().until(() -> bench.mock("out").getReceivedCounter() == 3);
        }
    }

    @Test
    void aMapThatIsAnEventStaysOne() {
        assertThat(sent(
                        "- setBody: {expression: {simple: {expression: \"${body[type]}\"}}}\n- to: {uri: \"mock:out\"}",
                        Map.of("specversion", "1.0", "type", "a.b")))
                .containsExactly("a.b");
    }
}
