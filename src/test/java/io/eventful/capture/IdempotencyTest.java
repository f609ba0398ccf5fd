package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which repeats of a call are one call. */
class IdempotencyTest extends IdempotencyFixture {

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
