package io.eventful.routes;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.io.TempDir;

/** Runs steps of a route file in a real context. */
abstract class StepsFixture {

    @TempDir
    Path folder;

    List<Object> sent(String steps, Object... bodies) {
        return sent("", steps, bodies);
    }

    /** What mock:out received; {@code preface} stands before the route in the file. */
    List<Object> sent(String preface, String steps, Object... bodies) {
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
}
