package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which routes an {@code errorHandler} is for. */
class ErrorHandlersTest {

    private static final String HANDLER = """
        - errorHandler:
            deadLetterChannel: {deadLetterUri: "mock:%s"}
        """;

    @TempDir
    Path folder;

    private static String failing(String id, String more) {
        return """
            - route:
                id: %1$s
            %2$s    from:
                  uri: direct:%1$s
                  steps:
                    - throwException: {exceptionType: java.lang.IllegalStateException, message: failed-%1$s}
            """.formatted(id, more);
    }

    private static void fails(Bench bench, String route) {
        assertThatThrownBy(() -> bench.send("direct:" + route, "x"))
                .isInstanceOf(CamelExecutionException.class)
                .hasRootCauseMessage("failed-" + route);
    }

    @Test
    void thatOfAFileIsForItsRoutesOnly() {
        try (Bench bench = new Bench(folder)) {
            bench.write("a.yaml", HANDLER.formatted("a-dead") + failing("a", ""))
                    .write("b.yaml", failing("b", ""))
                    .write("c.yaml", failing("c", "") + HANDLER.formatted("c-dead"))
                    .sets
                    .start();
            bench.send("direct:a", "x");
            assertThat(bench.mock("a-dead").getReceivedCounter()).isEqualTo(1);
            fails(bench, "b");
            bench.send("direct:c", "x");
            assertThat(bench.mock("a-dead").getReceivedCounter()).isEqualTo(1);
            assertThat(bench.mock("c-dead").getReceivedCounter()).isEqualTo(1);
        }
    }

    @Test
    void itIsAlsoForRoutesFromATemplateOfAnotherFile() {
        try (Bench bench = new Bench(folder)) {
            bench.write("a.yaml", HANDLER.formatted("a-dead") + """
                - templatedRoute:
                    routeId: a
                    routeTemplateRef: failing
                    parameters: [{name: who, value: a}]
                """)
                    .write("b.yaml", """
                        - routeTemplate:
                            id: failing
                            parameters: [{name: who}]
                            from:
                              uri: "direct:{{who}}"
                              steps:
                                - throwException: {exceptionType: java.lang.IllegalStateException, message: failed-b}
                        - templatedRoute:
                            routeId: b
                            routeTemplateRef: failing
                            parameters: [{name: who, value: b}]
                        """)
                    .sets
                    .start();
            bench.send("direct:a", "x");
            assertThat(bench.mock("a-dead").getReceivedCounter()).isEqualTo(1);
            fails(bench, "b");
        }
    }

    @Test
    void thatOfARouteOrOfItsConfigurationGoesBeforeThatOfItsFile() {
        try (Bench bench = new Bench(folder)) {
            bench.write(
                            "a.yaml",
                            HANDLER.formatted("a-dead")
                                    + failing("a", "    errorHandler: {noErrorHandler: {}}\n")
                                    + failing("guarded", "    routeConfigurationId: guard\n"))
                    .write("b.yaml", """
                        - routeConfiguration:
                            id: guard
                            errorHandler:
                              deadLetterChannel: {deadLetterUri: "mock:guard"}
                        """)
                    .sets
                    .start();
            fails(bench, "a");
            bench.send("direct:guarded", "x");
            assertThat(bench.mock("guard").getReceivedCounter()).isEqualTo(1);
            assertThat(bench.mock("a-dead").getReceivedCounter()).isZero();
        }
    }
}
