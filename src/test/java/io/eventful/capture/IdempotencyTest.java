package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotencyTest {

    @TempDir
    Path folder;

    RestSystem system;
    Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
        open(Map.of());
    }

    private void open(Map<String, String> options) {
        open(options, null);
    }

    private void open(Map<String, String> options, @Nullable String bearer) {
        gateway = new Gateway(folder, system, bearer, Gateway.SETTINGS);
        gateway.route("customers", "/customers/{id}", options);
    }

    private void reopen(Map<String, String> options, @Nullable String bearer) throws Exception {
        gateway.close();
        open(options, bearer);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        system.close();
    }

    private HttpResponse<String> post(String key, String body, String... more) throws Exception {
        List<String> fields = new java.util.ArrayList<>(List.of("Idempotency-Key", key));
        fields.addAll(List.of(more));
        return gateway.call("POST", "/customers", body, fields.toArray(String[]::new));
    }

    private static boolean replayed(HttpResponse<String> reply) {
        return reply.headers().firstValue("Idempotency-Replayed").equals(java.util.Optional.of("true"));
    }

    @Test
    void aRepeatGetsTheFirstReplyAndIsNotSent() throws Exception {
        HttpResponse<String> first = post("\"k-1\"", "{\"name\":\"Ada\"}");
        HttpResponse<String> second = post("k-1", "{\"name\":\"Ada\"}");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(replayed(first)).isFalse();
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(replayed(second)).isTrue();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(second.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(system.writes()).containsExactly("POST /customers");
        assertThat(gateway.changes()).hasSize(1);
    }

    @Test
    void aRefusalIsRepeatedToo() throws Exception {
        assertThat(gateway.call("DELETE", "/customers/9", "", "Idempotency-Key", "k")
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<String> again = gateway.call("DELETE", "/customers/9", "", "Idempotency-Key", "k");
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(replayed(again)).isTrue();
        assertThat(system.writes()).hasSize(1);
    }

    @Test
    void anotherRequestWithTheKeyIsRefused() throws Exception {
        post("k", "{\"name\":\"Ada\"}");
        HttpResponse<String> other = post("k", "{\"name\":\"Bob\"}");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(system.writes()).hasSize(1);
    }

    @Test
    void keysAreApartByCredentialMethodAndTarget() throws Exception {
        post("k", "{\"n\":1}", "Authorization", "Bearer a");
        HttpResponse<String> other = post("k", "{\"n\":2}", "Authorization", "Bearer b");
        assertThat(other.statusCode()).isEqualTo(201);
        assertThat(gateway.call("PUT", "/customers/1", "{\"n\":1}", "Idempotency-Key", "k")
                        .statusCode())
                .isEqualTo(201);
        assertThat(gateway.call("PUT", "/customers/2", "{\"n\":1}", "Idempotency-Key", "k")
                        .statusCode())
                .isEqualTo(201);
        assertThat(system.writes()).hasSize(4);
    }

    @Test
    void aRepeatOfARunningCallIsAConflict() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("POST")) {
                arrived.countDown();
                go.await(10, TimeUnit.SECONDS);
            }
            return false;
        };
        CompletableFuture<HttpResponse<String>> first = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                first.complete(post("k", "{\"n\":1}"));
            } catch (Exception e) {
                first.completeExceptionally(e);
            }
        });
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(post("k", "{\"n\":1}").statusCode()).isEqualTo(409);
        go.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
        assertThat(replayed(post("k", "{\"n\":1}"))).isTrue();
    }

    @Test
    void aReplyIsRepeatedAfterARestart() throws Exception {
        HttpResponse<String> first = post("k", "{\"name\":\"Ada\"}");
        reopen(Map.of(), null);
        HttpResponse<String> second = post("k", "{\"name\":\"Ada\"}");
        assertThat(replayed(second)).isTrue();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(post("k", "{}").statusCode()).isEqualTo(422);
        assertThat(system.writes()).hasSize(1);
    }

    @Test
    void aCallThatWasNotTakenFreesItsKey() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("POST") || calls.incrementAndGet() > 1) return false;
            RestSystem.reply(exchange, 503, "{}");
            return true;
        };
        assertThat(post("k", "{\"n\":1}").statusCode()).isEqualTo(503);
        HttpResponse<String> again = post("k", "{\"n\":1}");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(replayed(again)).isFalse();
    }

    @Test
    void aCallWithoutAReplyIsAnsweredWithWhatIsKnown() throws Exception {
        gateway.close();
        open(Map.of(), "own");
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            system.apply("/customers/7", body);
            exchange.close();
            return true;
        };
        String[] key = {"Idempotency-Key", "k"};
        assertThat(gateway.call("PUT", "/customers/7", "{\"n\":1}", key).statusCode())
                .isEqualTo(502);
        await().until(() ->
                gateway.call("PUT", "/customers/7", "{\"n\":1}", key).statusCode() != 409);
        HttpResponse<String> known = gateway.call("PUT", "/customers/7", "{\"n\":1}", key);
        assertThat(known.statusCode()).isEqualTo(201);
        assertThat(known.headers().firstValue("Location")).hasValue("/customers/7");
        assertThat(known.headers().firstValue("Idempotency-Reconstructed")).hasValue("true");
        assertThat(known.body()).isEqualTo("{\"n\":1,\"id\":7}");
        assertThat(system.writes()).hasSize(1);
    }

    @Test
    void aReplyThatIsTooLargeIsNotRepeatable() throws Exception {
        String body = "{\"text\":\"" + "x".repeat(5_000) + "\"}";
        assertThat(post("k", body).statusCode()).isEqualTo(201);
        HttpResponse<String> again = post("k", body);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("reply-limit").contains("201");
        assertThat(system.writes()).hasSize(1);
    }

    @Test
    void aBodyOverTheKeysLimitIsRefusedAndOneOverBodyLimitIsSent() throws Exception {
        HttpResponse<String> refused = post("k", "{\"text\":\"" + "x".repeat(1_600_000) + "\"}");
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("eventful.capture.idempotency.body-limit");
        assertThat(system.writes()).isEmpty();
        String large = "{\"text\":\"" + "x".repeat(1_200_000) + "\"}";
        assertThat(post("k", large).statusCode()).isEqualTo(201);
        assertThat(post("k", large.replace("xx", "yy")).statusCode()).isEqualTo(422);
        assertThat(system.writes()).hasSize(1);
    }

    @Test
    void whatIsRedactedIsNotKeptWithTheReply() throws Exception {
        reopen(Map.of("redact", "/ssn"), null);
        String secret = "secret-1234567890";
        HttpResponse<String> first =
                post("key-in-clear", "{\"ssn\":\"" + secret + "\",\"n\":1}", "Authorization", "Bearer token-in-clear");
        assertThat(first.body()).contains(secret);
        HttpResponse<String> again =
                post("key-in-clear", "{\"ssn\":\"" + secret + "\",\"n\":1}", "Authorization", "Bearer token-in-clear");
        assertThat(replayed(again)).isTrue();
        assertThat(again.body()).isEqualTo("{\"n\":1,\"id\":42}");
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret)
                        .doesNotContain("key-in-clear")
                        .doesNotContain("token-in-clear");
        }
    }

    @Test
    void aReplyWithNothingToRedactIsRepeatedToTheByte() throws Exception {
        reopen(Map.of("redact", "/ssn"), null);
        system.script = (exchange, body) -> {
            exchange.getResponseHeaders().set("Location", "/customers/7");
            RestSystem.reply(exchange, 201, "{\"id\" : 7,  \"n\" : 1.10}");
            return true;
        };
        post("k", "{}");
        HttpResponse<String> again = post("k", "{}");
        assertThat(replayed(again)).isTrue();
        assertThat(again.body()).isEqualTo("{\"id\" : 7,  \"n\" : 1.10}");
    }

    @Test
    void aMalformedKeyIsRefused() throws Exception {
        assertThat(post("\"\"", "{}").statusCode()).isEqualTo(400);
        assertThat(post("x".repeat(256), "{}").statusCode()).isEqualTo(400);
        assertThat(system.writes()).isEmpty();
    }

    @Test
    void aWeakerGuaranteeIsRaisedByAKey() throws Exception {
        reopen(Map.of("guarantee", "none"), null);
        post("k", "{\"n\":1}");
        assertThat(replayed(post("k", "{\"n\":1}"))).isTrue();
        assertThat(gateway.only().guarantee()).isEqualTo(io.eventful.event.Change.Guarantee.INTENT);
    }
}
