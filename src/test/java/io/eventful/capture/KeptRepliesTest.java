package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of a reply is kept for the repeats of its call. */
class KeptRepliesTest extends IdempotencyFixture {

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

    /** Pointers find nothing in an envelope. */
    @Test
    void aReplyThatHasWhatIsRedactedElsewhereIsNotKept() throws Exception {
        reopen(Map.of("redact", "/ssn"), null);
        String secret = "secret-1234567890";
        system.script = (exchange, body) -> {
            boolean read = exchange.getRequestMethod().equals("GET");
            RestSystem.reply(exchange, 200, read ? "{\"n\":1}" : "{\"data\":{\"n\":1,\"ssn\":\"" + secret + "\"}}");
            return true;
        };
        String body = "{\"n\":1,\"ssn\":\"" + secret + "\"}";
        assertThat(gateway.call("PUT", "/customers/7", body, "Idempotency-Key", "k")
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.call("PUT", "/customers/7", body, "Idempotency-Key", "k")
                        .statusCode())
                .isEqualTo(409);
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret);
        }
    }

    @Test
    void aProblemIsRepeatedWithoutWhatIsRedacted() throws Exception {
        reopen(Map.of("redact", "/ssn"), null);
        system.script = (exchange, body) -> {
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            RestSystem.reply(exchange, 422, "{\"title\":\"no\",\"ssn\":\"secret\"}");
            return true;
        };
        post("k", "{}");
        HttpResponse<String> again = post("k", "{}");
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).isEqualTo("{\"title\":\"no\"}");
        assertThat(replayed(again)).isTrue();
    }
}
