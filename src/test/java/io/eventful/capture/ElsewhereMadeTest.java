package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.ChangeJson;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A POST whose reply names an item of another route: the item is what that route says of it. */
class ElsewhereMadeTest extends CaptureFixture {

    private static final String SECRET = "078-05-1120";
    private static final String BODY = "{\"n\":1,\"ssn\":\"" + SECRET + "\"}";

    @BeforeEach
    void routes() {
        gateway.route("everything", "/**", Map.of());
        gateway.route(
                "customers",
                "/customers/{id}",
                Map.of("resource", "client", "redact", "/ssn", "scope", "X-Tenant", "after", "response"));
        system.script = (exchange, body) -> {
            exchange.getResponseHeaders().set("Location", "/customers/9");
            RestSystem.reply(exchange, 201, "{\"id\":9,\"n\":1,\"ssn\":\"" + SECRET + "\"}");
            return true;
        };
    }

    private Change made(String... fields) throws Exception {
        assertThat(gateway.call("POST", "/signups", BODY, fields).statusCode()).isEqualTo(201);
        return gateway.changes().getLast();
    }

    @Test
    void itsRedactionHoldsEverywhere() throws Exception {
        Change change = made("Idempotency-Key", "k1");
        assertThat(change.item().subject()).isEqualTo("/customers/9");
        assertThat(change.after()).isEqualTo(new Image.Known(Json.parse("{\"id\":9,\"n\":1}")).redacted());
        assertThat(change.reason()).isEqualTo("redacted");
        assertThat(change.reversible()).isFalse();
        assertThat(ChangeJson.tree(change).toString()).doesNotContain(SECRET);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(SECRET);
        }
    }

    @Test
    void aRepeatWithAKeyGetsTheReplyWithoutIt() throws Exception {
        made("Idempotency-Key", "k1");
        HttpResponse<String> again = gateway.call("POST", "/signups", BODY, "Idempotency-Key", "k1");
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(Json.parse(again.body())).isEqualTo(Json.parse("{\"id\":9,\"n\":1}"));
    }

    @Test
    void itsResourceAndScopeAreThoseOfItsRoute() throws Exception {
        Change change = made("X-Tenant", "a");
        assertThat(change.resource()).isEqualTo("client");
        assertThat(change.item().scope()).isEqualTo("a");
    }
}
