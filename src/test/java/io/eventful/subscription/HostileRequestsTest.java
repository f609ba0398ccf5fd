package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever JSON somebody sends, it is a subscription or is refused with what is wrong. */
class HostileRequestsTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> NAMES = List.of(
            "sink",
            "protocol",
            "types",
            "source",
            "filters",
            "sinkcredential",
            "sinkCredential",
            "config",
            "headers",
            "method",
            "protocolsettings",
            "credentialtype",
            "identifier",
            "secret",
            "accesstoken",
            "accesstokentype",
            "accesstokenexpiresutc",
            "tokenendpoint",
            "certificate",
            "privatekey",
            "expires",
            "maxevents",
            "start",
            "channel",
            "ordering",
            "ratelimit",
            "contentmode",
            "labels",
            "pattern",
            "exact",
            "prefix",
            "suffix",
            "all",
            "any",
            "not",
            "sql",
            "data",
            "$or",
            "numeric",
            "type",
            "");

    private static final List<String> TEXTS = List.of(
            "https://example.com/hook",
            "http://[::1]:99999/",
            "https://\u00fc.example/\u00fc?\u00fc",
            "ftp://x",
            "//",
            "HTTP",
            "PLAIN",
            "ACCESSTOKEN",
            "OAUTH2",
            "CERTIFICATE",
            "latest",
            "earliest",
            "-1",
            "99999999999999999999",
            "subject",
            "none",
            "2026-02-30T00:00:00Z",
            "+999999999-01-01T00:00:00Z",
            "P1D",
            "structured",
            "a LIKE '%'",
            "((((",
            ">",
            "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----",
            "\u0000",
            "\ud83d",
            "");

    @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE)
    void aRequestIsReadOrRefused(@ForAll("documents") JsonNode document) {
        assertThatCode(() -> read(document)).doesNotThrowAnyException();
    }

    private static void read(JsonNode document) {
        try {
            Samples.requests().parse(document);
        } catch (InvalidSubscriptionException refused) {
            // Says what is wrong.
        }
    }

    /** Half of them with a sink that is fine, so that what follows is looked at too. */
    @Provide
    Arbitrary<JsonNode> documents() {
        Arbitrary<JsonNode> any = values(4);
        return Arbitraries.oneOf(any, any.map(document -> {
            if (!(document instanceof ObjectNode object)) return document;
            return object.put("sink", "https://example.com/hook").put("protocol", "HTTP");
        }));
    }

    private static Arbitrary<JsonNode> values(int depth) {
        Arbitrary<JsonNode> leaf = Arbitraries.oneOf(
                Arbitraries.of(TEXTS).map(JSON::textNode),
                Arbitraries.strings().ofMaxLength(12).map(JSON::textNode),
                Arbitraries.longs().map(JSON::numberNode),
                Arbitraries.of(new BigDecimal("1e400"), new BigDecimal("-0.0")).map(JSON::numberNode),
                Arbitraries.of(true, false).map(JSON::booleanNode),
                Arbitraries.just(JSON.nullNode()));
        if (depth == 0) return leaf;
        Arbitrary<JsonNode> part = values(depth - 1);
        Arbitrary<JsonNode> objects =
                Arbitraries.maps(Arbitraries.of(NAMES), part).ofMaxSize(6).map(HostileRequestsTest::object);
        Arbitrary<JsonNode> arrays =
                part.list().ofMaxSize(3).map(list -> JSON.arrayNode().addAll(list));
        return Arbitraries.frequencyOf(Tuple.of(2, leaf), Tuple.of(4, objects), Tuple.of(1, arrays));
    }

    private static JsonNode object(Map<String, JsonNode> members) {
        ObjectNode object = JSON.objectNode();
        members.forEach(object::set);
        return object;
    }
}
