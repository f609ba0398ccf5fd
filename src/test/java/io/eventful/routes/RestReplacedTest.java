package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call to a {@code rest:} endpoint that is under way while its routes are replaced. */
class RestReplacedTest {

    private static final CountDownLatch ENTERED = new CountDownLatch(1);
    private static final CountDownLatch LEAVE = new CountDownLatch(1);
    private static final AtomicInteger CALLS = new AtomicInteger();

    /** A step that takes its time. Public because Camel calls it by reflection. */
    public static final class Slow {
        public String pass() throws InterruptedException {
            CALLS.incrementAndGet();
            ENTERED.countDown();
            LEAVE.await();
            return "passed";
        }
    }

    private static final String ROUTES = """
        - route:
            id: slow
            from:
              uri: rest:get:slow
              steps:
                - bean: {beanType: "io.eventful.routes.RestReplacedTest$Slow", method: pass}
                - to: {uri: direct:on}
                - setBody: {expression: {simple: {expression: "${body} %s"}}}
        - route:
            id: on
            from:
              uri: direct:on
              steps:
                - setHeader: {name: X-On, expression: {constant: {expression: "yes"}}}
        """;

    @TempDir
    Path folder;

    @Test
    void aCallThatIsUnderWayIsDoneByTheRoutesThatItBeganWithAndOnce() throws Exception {
        Path file = Files.createDirectories(folder.resolve("routes")).resolve("slow.yaml");
        Files.writeString(file, ROUTES.formatted("first"));
        try (LiveGateway gateway = new LiveGateway(
                        folder.resolve("data"), folder.resolve("routes"), Map.of("eventful.routes.reload", "false"));
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            EdgeRestConsumer former =
                    (EdgeRestConsumer) gateway.camel().getRoute("slow").getConsumer();
            Future<HttpResponse<String>> reply = threads.submit(() -> gateway.call("GET", "/slow", ""));
            ENTERED.await();
            Files.writeString(file, ROUTES.formatted("second"));
            Future<?> reload = threads.submit(gateway.routes()::reload);
            await().until(() -> !former.isOpen());
            LEAVE.countDown();
            assertThat(reply.get().body()).isEqualTo("passed first");
            assertThat(reply.get().headers().firstValue("X-On")).hasValue("yes");
            reload.get();
            assertThat(CALLS).hasValue(1);
            assertThat(gateway.call("GET", "/slow", "").body()).isEqualTo("passed second");
        }
    }
}
