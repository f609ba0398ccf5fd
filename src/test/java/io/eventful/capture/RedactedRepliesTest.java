package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Image;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replies that have the item in an envelope, where the pointers of {@code redact} find nothing. */
class RedactedRepliesTest extends CaptureFixture {

    private static final String ENVELOPE = "{\"data\":{\"id\":7,\"name\":\"x\",\"ssn\":\"SECRET-1\"}}";

    private volatile int reply;
    private volatile int seen;
    private volatile String shown = ENVELOPE;

    /** A caller may create what the caller may not read, or a read model is late. */
    @BeforeEach
    void system() {
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) {
                RestSystem.reply(exchange, seen, "{}");
                return true;
            }
            exchange.getResponseHeaders().set("Location", "/customers/7");
            RestSystem.reply(exchange, reply, shown);
            return true;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "201, 403, application/json",
        "201, 404, application/json",
        "200, 403, application/json",
        "201, 403, application/x-www-form-urlencoded"
    })
    void nothingOfThemIsKept(int status, int get, String type) throws Exception {
        customers("redact", "/ssn");
        reply = status;
        seen = get;
        String body = type.endsWith("json") ? "{\"name\":\"x\",\"ssn\":\"SECRET-2\"}" : "name=x&ssn=SECRET-2";
        gateway.call("POST", "/customers", body, "Content-Type", type);
        assertThat(gateway.only().subject()).isEqualTo("/customers/7");
        assertThat(gateway.only().action()).isEqualTo("created");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("SECRET-");
        }
    }

    @Test
    void norWhereCallsHoldNoLane() throws Exception {
        gateway.route("customers", "/customers/{id}", Map.of("redact", "/ssn", "order", "observed"));
        reply = 200;
        gateway.call("PUT", "/customers/7", "name=x", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(gateway.only().after()).isInstanceOf(Image.Unknown.class);
    }

    /** All that was sent is in it, so it is the item, which has such a member elsewhere as well. */
    @Test
    void anItemIsKeptWithWhatIsNotMeant() throws Exception {
        customers("redact", "/number");
        reply = 201;
        seen = 403;
        shown = "{\"id\":7,\"number\":1,\"phone\":{\"number\":2}}";
        gateway.call("POST", "/customers", "{\"number\":1,\"phone\":{\"number\":2}}");
        assertThat(gateway.only().after())
                .isEqualTo(json("{\"id\":7,\"phone\":{\"number\":2}}").redacted());
    }
}
