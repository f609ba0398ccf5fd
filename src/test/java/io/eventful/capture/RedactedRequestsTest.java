package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.edge.Fields;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that have what is to be redacted elsewhere than the item has it: the ledger's files have none of it. */
class RedactedRequestsTest extends CaptureFixture {

    private static final String PATCH = "[{\"op\":\"replace\",\"path\":\"/ssn\",\"value\":\"SECRET-1\"}]";
    private static final String WRAPPED = "{\"customer\":{\"ssn\":\"SECRET-2\",\"n\":2}}";
    private static final String NEW = "{\"social\":\"SECRET-3\"}";

    /** The system answers writes with nothing, and shows the item without an envelope. */
    @BeforeEach
    void system() {
        customers("redact", "/ssn");
        system.put("/customers/7", "{\"id\":7,\"n\":1,\"ssn\":\"old\"}");
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            system.put("/customers/7", "{\"id\":7,\"n\":2,\"ssn\":\"new\"}");
            RestSystem.reply(exchange, 204, "");
            return true;
        };
    }

    private void nothingIsKept() throws Exception {
        assertThat(gateway.ledger().head()).isPositive();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("SECRET-");
        }
    }

    @ParameterizedTest
    @CsvSource({"PATCH, application/json", "PATCH, application/merge-patch+json", "PUT, application/json"})
    void nothingOfAnEnvelopeIsKept(String method, String type) throws Exception {
        gateway.call(method, "/customers/7", WRAPPED, "Content-Type", type);
        Change change = gateway.only();
        assertThat(change.after()).isEqualTo(json("{\"id\":7,\"n\":2}").redacted());
        assertThat(change.request().digest()).isEmpty();
        nothingIsKept();
    }

    @Test
    void norOfAPatchThatDoesNotSayThatItIsOne() throws Exception {
        gateway.call("PATCH", "/customers/7", PATCH);
        Change change = gateway.only();
        assertThat(change.after()).isEqualTo(json("{\"id\":7,\"n\":2}").redacted());
        assertThat(change.request().digest()).isEmpty();
        nothingIsKept();
    }

    @Test
    void norOfMembersThatTheItemDoesNotHave() throws Exception {
        gateway.call("PATCH", "/customers/7", NEW);
        assertThat(gateway.only().after()).isEqualTo(json("{\"id\":7,\"n\":2}").redacted());
        nothingIsKept();
    }

    /** Whoever knows the other fields could try values until the digest fits. */
    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "application/xml"})
    void norADigestOfABodyOfWhichNothingCanBeTakenOut(String type) throws Exception {
        system.script = (exchange, body) -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            RestSystem.reply(exchange, 200, "ssn=SECRET-4&n=2");
            return true;
        };
        gateway.call("PUT", "/customers/7", "ssn=SECRET-4&n=2", "Content-Type", type);
        Change change = gateway.only();
        assertThat(change.request().digest()).isEmpty();
        assertThat(change.request().size()).isEqualTo(16);
        assertThat(change.response().digest()).isEmpty();
        assertThat(change.before()).isEqualTo(new Image.Unknown("not-json"));
        assertThat(change.after()).isEqualTo(new Image.Unknown("not-json"));
    }

    private static Image expected(String type, String body, String item, String redact) {
        CaptureOptions options = CaptureOptions.parse(redact.isEmpty() ? Map.of() : Map.of("redact", redact));
        Fields fields = type.isEmpty() ? Fields.NONE : Fields.NONE.and("Content-Type", type);
        return Expectation.expected(
                Write.Kind.PATCH,
                Documents.document(Json.parse(item), options),
                Documents.document(Json.parse(body), options),
                fields,
                options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/json"})
    void whatAPlainPatchMakesIsExpectedAsFarAsItIsTold(String type) {
        String item = "{\"n\":1,\"ssn\":\"a\",\"card\":{\"kind\":\"v\"}}";
        assertThat(expected(type, "{\"n\":2,\"ssn\":\"b\",\"card\":{\"kind\":\"w\"}}", item, "/ssn"))
                .isEqualTo(json("{\"n\":2,\"card\":{\"kind\":\"w\"}}").redacted());
        assertThat(expected(type, PATCH, item, "/ssn"))
                .isEqualTo(json("{\"n\":1,\"card\":{\"kind\":\"v\"}}").redacted());
        assertThat(expected(type, NEW, item, "")).isInstanceOf(Image.Known.class);
        assertThat(expected(type, NEW, item, "/ssn")).isNull();
        assertThat(expected(type, "{\"card\":{\"ssn\":\"c\"}}", item, "/ssn")).isNull();
        assertThat(expected(type, "{\"n\":{\"ssn\":\"c\"}}", item, "/ssn")).isNull();
        for (String redact : new String[] {"", "/ssn"})
            for (String body : new String[] {"[{\"ssn\":\"b\"}]", "\"b\"", "[]"})
                assertThat(expected(type, body, item, redact)).isNull();
    }

    /** Members of that name which the item has elsewhere are not meant. */
    @Test
    void anItemThatHasSuchAMemberElsewhereIsNoEnvelope() {
        assertThat(expected(
                        "application/merge-patch+json",
                        "{\"phone\":{\"number\":2}}",
                        "{\"number\":1,\"phone\":{\"number\":1}}",
                        "/number"))
                .isEqualTo(json("{\"phone\":{\"number\":2}}").redacted());
    }
}
