package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.subscription.SinkGuard;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Counted, not timed: how many connections many endpoints cost. */
class ConnectionReuseTest {

    private static final int ENDPOINTS = 500;
    private static final int ROUNDS = 30;

    @Test
    void moreThanNinetyFivePercentOfAttemptsUseAConnectionAgain() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        AtomicInteger requests = new AtomicInteger();
        Vertx vertx = Vertx.vertx();
        List<URI> urls = new ArrayList<>();
        for (int i = 0; i < ENDPOINTS; i++) {
            HttpServer server = vertx.createHttpServer()
                    .connectionHandler(connection -> connections.incrementAndGet())
                    .requestHandler(request -> {
                        requests.incrementAndGet();
                        request.endHandler(
                                end -> request.response().setStatusCode(204).end());
                    });
            server.listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            urls.add(URI.create("http://127.0.0.1:" + server.actualPort() + "/hook"));
        }
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (WebhookClient client = new WebhookClient(
                host -> CompletableFuture.completedFuture(List.of(loopback)),
                new SinkGuard(List.of("127.0.0.0/8"))::usable,
                Rig.settings().limits(),
                null)) {
            for (int round = 0; round < ROUNDS; round++) {
                List<CompletableFuture<Outcome>> all = new ArrayList<>();
                for (URI url : urls)
                    all.add(client.send(
                            new WebhookRequest("POST", url, Map.of(), "{}".getBytes()), Duration.ofSeconds(60)));
                for (CompletableFuture<Outcome> one : all)
                    assertThat(one.get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Answered.class);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
        assertThat(requests).hasValueGreaterThanOrEqualTo(ENDPOINTS * ROUNDS);
        assertThat(connections.get() / (double) requests.get()).isLessThan(0.05);
    }
}
