package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Camel's patterns between a change and an event, each from a route file, in a real context. */
class EipTest extends StepsFixture {

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
}
