package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.routes.RoutesState.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a set that is refused, or does not start, leaves behind. */
class SwapFailuresTest {

    @TempDir
    Path folder;

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicBoolean there = new AtomicBoolean();
    private Bench bench;

    /** Counts what routes want of it, and lets a consumer start when its place is there. */
    private final class Place extends DefaultComponent {
        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    made.incrementAndGet();
                    return new DefaultProducer(this) {
                        @Override
                        public void process(Exchange exchange) {
                            // Nothing is sent here.
                        }
                    };
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    made.incrementAndGet();
                    return new DefaultConsumer(this, processor) {
                        @Override
                        protected void doStart() throws Exception {
                            if (!there.get()) throw new IllegalStateException("there is no such place");
                            super.doStart();
                        }
                    };
                }
            };
        }
    }

    @BeforeEach
    void start() {
        bench = new Bench(
                folder,
                application -> application.registerBean("place-component", Component.class, Place::new),
                Bench.UNGUARDED);
        bench.write("a.yaml", route("a", "direct:a"));
        bench.sets.start();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private static String route(String id, String from) {
        return """
            - route:
                id: %s
                from:
                  uri: %s
                  steps:
                    - to: {uri: "place:%s"}
            """.formatted(id, from, id);
    }

    private Result reload() {
        bench.sets.reload();
        return bench.sets.state().lastReload().orElseThrow().result();
    }

    @Test
    void aFaultySetTouchesNothingThatItsSoundFilesName() {
        there.set(true);
        int before = made.get();
        bench.write("b.yaml", route("b", "direkt:b")).write("c.yaml", route("c", "\"place:c\""));
        assertThat(reload()).isEqualTo(Result.REFUSED);
        assertThat(made).hasValue(before);

        bench.write("b.yaml", route("b", "direct:b"));
        assertThat(reload()).isEqualTo(Result.LOADED);
        assertThat(made.get()).isGreaterThan(before);
    }

    /** What was started or stopped by hand stays so, whatever the files say about the first start. */
    @Test
    void aSetThatDoesNotStartLeavesEachRouteAsItWas() throws Exception {
        bench.write("b.yaml", route("b", "direct:b").replace("id: b", "id: b\n    autoStartup: false"))
                .write("d.yaml", route("d", "direct:d"));
        assertThat(reload()).isEqualTo(Result.LOADED);
        assertThat(statuses()).containsExactly("a started", "b stopped", "d started");
        bench.camel().getRouteController().startRoute("b");
        bench.camel().getRouteController().stopRoute("d");

        bench.write("c.yaml", route("c", "\"place:c\""));
        assertThat(reload()).isEqualTo(Result.FAILED);
        assertThat(statuses()).containsExactly("a started", "b started", "d stopped");
    }

    private List<String> statuses() {
        return bench.sets.state().routes().stream()
                .map(route -> route.id() + " " + route.status())
                .toList();
    }

    @Test
    void aSetThatDidNotStartIsTriedAgainWhenItIsSavedAgain() {
        bench.write("c.yaml", route("c", "\"place:c\""));
        assertThat(reload()).isEqualTo(Result.FAILED);
        there.set(true);
        assertThat(reload()).isEqualTo(Result.LOADED);
        assertThat(bench.sets.state().routes()).hasSize(2);
    }
}
