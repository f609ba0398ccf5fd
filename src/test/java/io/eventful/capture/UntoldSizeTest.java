package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Bodies that come in chunks, whose size nobody knows before. */
class UntoldSizeTest {

    @TempDir
    Path folder;

    @Test
    void aBodyThatDoesNotTellItsSizeTakesWhatItHas() throws Exception {
        try (RestSystem system = new RestSystem();
                Gateway gateway = new Gateway(folder, system, null, Gateway.settings(DataSize.ofMegabytes(1)))) {
            gateway.route("customers", "/customers/{id}", Map.of());
            CountDownLatch stuck = new CountDownLatch(1);
            system.script = (exchange, body) -> {
                if (exchange.getRequestMethod().equals("PUT")) stuck.await();
                return false;
            };
            String large = "{\"text\":\"" + "x".repeat(700_000) + "\"}";
            CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> chunked(gateway, "1", large));
            await().until(() -> system.writes().size() == 1);
            CompletableFuture<Integer> small = CompletableFuture.supplyAsync(() -> chunked(gateway, "2", "{}"));
            await().until(() -> system.writes().size() == 2);
            assertThat(chunked(gateway, "3", large)).isEqualTo(503);
            stuck.countDown();
            assertThat(first.join()).isEqualTo(201);
            assertThat(small.join()).isEqualTo(201);
            await().untilAsserted(() -> assertThat(gateway.held()).containsExactly(0L, 0L));
        }
    }

    private static int chunked(Gateway gateway, String id, String body) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.edge.port() + "/customers/" + id))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes())))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
