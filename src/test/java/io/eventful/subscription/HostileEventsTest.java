package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.eventful.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever an event holds, a filter says yes or no: a failure would hold up the event for everybody. */
class HostileEventsTest {

    private static final List<String> FILTERS = List.of(
            "{'sql':'INT(ext) / INT(subject) > 1'}",
            "{'sql':'ABS(INT(ext)) = 1'}",
            "{'sql':'INT(ext) * 2147483647 > -1'}",
            "{'sql':'-INT(ext) % INT(subject) = 0'}",
            "{'sql':'SUBSTRING(ext, INT(subject), 3) = LEFT(type, INT(ext))'}",
            "{'sql':'RIGHT(ext, 2147483647) LIKE \\\"%\\\\_a\\\"'}",
            "{'sql':'BOOL(ext) OR type IN (subject, ext, 1, TRUE)'}",
            "{'sql':'CONCAT_WS(subject, ext, type) != CONCAT(ext, LOWER(UPPER(TRIM(ext))))'}",
            "{'sql':'LENGTH(ext) < ext'}",
            "{'data':{'x':[{'numeric':['>',1,'<=',1e9]}]}}",
            "{'data':{'x':[{'anything-but':['a','10.1.2.3']}]}}",
            "{'data':{'x':[{'wildcard':'*a*b'}]}}",
            "{'data':{'x':[{'cidr':'10.0.0.0/8'}]}}",
            "{'data':{'x':[{'exists':false}]}}",
            "{'data':{'x':{'y':[{'suffix':'a'},{'equals-ignore-case':'ß'},null,1.0]}}}",
            "{'prefix':{'ext':'a'}}",
            "{'suffix':{'subject':'\\ud83d'}}",
            "{'not':{'exact':{'time':'2026-01-01T00:00:00Z'}}}");

    @Property(tries = 1_000)
    void aFilterSaysYesOrNo(@ForAll("filters") Filter filter, @ForAll("events") Event event) {
        assertThatCode(() -> filter.matches(event)).doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<Filter> filters() {
        return Arbitraries.of(FILTERS.stream()
                .map(text -> Samples.request("'filters':[" + text + "]").filters())
                .toList());
    }

    @Provide
    Arbitrary<Event> events() {
        return Combinators.combine(texts(), texts(), texts(), payloads())
                .as((type, subject, ext, data) ->
                        new Event("id", "/s", "t" + type, subject, null, null, null, Map.of("ext", ext), data));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "0",
                        "1",
                        "-1",
                        "2147483647",
                        "-2147483648",
                        "99999999999999999999",
                        "true",
                        "1e5",
                        "a".repeat(5_000),
                        "\ud83d\ude00",
                        "%_\\",
                        "10.1.2.3",
                        "::ffff:10.0.0.1"),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(20));
    }

    private static Arbitrary<byte[]> payloads() {
        Arbitrary<String> values = Arbitraries.oneOf(
                Arbitraries.of(
                        "1e400",
                        "-0",
                        "1E-400",
                        "123456789012345678901234567890.5",
                        "[".repeat(900) + "]".repeat(900),
                        "[".repeat(3_000),
                        "{\"x\":".repeat(900) + "1" + "}".repeat(900),
                        "{\"y\":\"a\",\"y\":\"b\"}",
                        "\"\\ud83d\"",
                        "\"10.0.0.300\"",
                        "[1,[2,[{\"y\":null}]],\"a\"]",
                        "NaN",
                        ""),
                texts().map(text -> '"' + text + '"'));
        return Arbitraries.oneOf(
                values.map(value -> ("{\"x\":" + value + "}").getBytes(StandardCharsets.UTF_8)),
                values.map(value -> value.getBytes(StandardCharsets.UTF_8)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40));
    }
}
