package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Provide
    Arbitrary<JsonNode> documents() {
        return Documents.any();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"price\":1.10,\"big\":1e5,\"zero\":-0,\"huge\":123456789012345678901234567890,\"e\":1E+400}",
                "{\"z\":1,\"a\":{\"b\":[]},\"\":null}",
                "\"\u00e9\uD83D\uDE00 \\\" \\\\ / \\u0000 \\b\\f\\n\\r\\t\"",
                "[true,false,null,\"\\ud800\"]",
                "1.0e-10"
            })
    void aDocumentComesBackByteForByte(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Json.bytes(Json.parse(bytes))).isEqualTo(bytes);
    }

    @Property(tries = 1000)
    void whatIsWrittenIsReadAgain(@ForAll("documents") JsonNode document) {
        JsonNode reread = Json.parse(Json.bytes(document));
        assertThat(reread).isEqualTo(document);
        assertThat(Json.same(reread, document)).isTrue();
        assertThat(Json.text(reread)).isEqualTo(Json.text(document));
        assertThat(Json.digest(reread)).isEqualTo(Json.digest(document));
        assertThat(Json.same(Json.parse(Json.canonical(document)), document)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "1 2",
                "{} x",
                "[1,]",
                "{\"a\":01}",
                "NaN",
                "'a'",
                "{a:1}",
                "// c\n1",
                "\"\t\"",
                "1.",
                "-",
                "+1",
                ".5",
                "tru",
                "\"\\x\"",
                "]"
            })
    void whatIsNotStrictJsonIsRefused(String text) {
        assertThat(Json.tryParse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThatExceptionOfType(JsonFormatException.class).isThrownBy(() -> Json.parse(text));
    }

    @Test
    void invalidUtf8AndOtherEncodingsAreRefused() {
        assertThat(Json.tryParse(new byte[] {'"', (byte) 0xC0, (byte) 0xA0, '"'}))
                .isEmpty();
        assertThat(Json.tryParse(new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}))
                .isEmpty();
        assertThat(Json.tryParse(new byte[] {'"', (byte) 0xFF, '"'})).isEmpty();
        assertThat(Json.tryParse("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE)))
                .isEmpty();
        assertThat(Json.tryParse("\"\uFFFD\"".getBytes(StandardCharsets.UTF_8))).isPresent();
        assertThat(Json.tryParse("\uFEFF{}".getBytes(StandardCharsets.UTF_8))).isPresent();
    }

    @Test
    void limitsAreRefusalsAndNothingWorse() {
        assertThat(Json.tryParse("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        String deep = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);
        assertThat(Json.text(Json.parse(deep))).isEqualTo(deep);
        assertThat(Json.tryParse(("[" + deep + "]").getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(Json.tryParse("9".repeat(1001).getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void anErrorNamesThePlaceAndNeverTheContent() {
        assertThatThrownBy(() -> Json.parse("{\"password\":hunter2}"))
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("password");
    }

    @Test
    void theCanonicalFormSortsMembersAndKeepsNumbers() {
        JsonNode json = Json.parse("{ \"b\" : 1.10, \"a\" : {\"z\":[{\"y\":1,\"x\":2}],\"A\":\"\\u00e9\"} }");
        assertThat(Json.canonical(json)).isEqualTo("{\"a\":{\"A\":\"é\",\"z\":[{\"x\":2,\"y\":1}]},\"b\":1.10}");
        // printf '%s' '{}' | sha256sum
        assertThat(Json.digest(Json.parse("{ }")))
                .isEqualTo("sha-256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        assertThat(Json.digest("{}".getBytes(StandardCharsets.UTF_8))).isEqualTo(Json.digest(Json.parse("{}")));
    }

    @Test
    void numbersAreEqualByTheirText() {
        assertThat(Json.parse("1.10")).isEqualTo(Json.parse("1.10")).isNotEqualTo(Json.parse("1.1"));
        assertThat(Json.same(Json.parse("1"), Json.parse("1.0"))).isFalse();
        assertThat(Json.same(Json.parse("1"), new ObjectMapper().valueToTree(1)))
                .isTrue();
    }

    @Test
    void expressionLanguagesSeePlainJava() {
        Object view = Json.toJava(Json.parse(
                "{\"i\":-0,\"l\":5000000000,\"b\":9999999999999999999,\"d\":1.10,\"n\":null,\"t\":[true,\"x\"]}"));
        Map<?, ?> map = (Map<?, ?>) view;
        assertThat(map.get("i")).isEqualTo(0);
        assertThat(map.get("l")).isEqualTo(5_000_000_000L);
        assertThat(map.get("b")).isEqualTo(new BigDecimal("9999999999999999999"));
        assertThat(map.get("d")).isEqualTo(new BigDecimal("1.10"));
        assertThat(map.containsKey("n")).isTrue();
        assertThat(map.get("t")).isEqualTo(List.of(true, "x"));
        assertThat(Json.text(Json.fromJava(Map.of("a", Arrays.asList(1, null, new BigDecimal("1.10"), 2.5)))))
                .isEqualTo("{\"a\":[1,null,1.10,2.5]}");
    }

    @Test
    void numbersOutOfAllBoundsConvertWithoutHarm() {
        for (String text : List.of("1e999999999", "1e-999999999", "1e99999999999", "-1e400", "9223372036854775808")) {
            JsonNode number = Json.parse(text);
            assertThat(Json.toJava(number)).isInstanceOf(Number.class);
            assertThat(number.canConvertToInt()).as(text).isEqualTo(text.contains("e-"));
            number.intValue();
            number.longValue();
            assertThat(number.isNumber()).isTrue();
            assertThat(number.numberType()).isNotNull();
            assertThat(Json.text(number)).isEqualTo(text);
        }
        assertThat(Json.parse("9223372036854775807").longValue()).isEqualTo(Long.MAX_VALUE);
        assertThat(Json.parse("-9223372036854775808").longValue()).isEqualTo(Long.MIN_VALUE);
        assertThat(Json.parse("9223372036854775808").canConvertToLong()).isFalse();
    }

    @Test
    void jacksonWritesTheTreeWithTheSameNumbers() throws Exception {
        JsonNode json = Json.parse("{\"a\":1.10,\"b\":[1e5,-0]}");
        assertThat(new ObjectMapper().writeValueAsString(json)).isEqualTo("{\"a\":1.10,\"b\":[1e5,-0]}");
    }

    @Test
    void pointersFindWhatTheStandardSays() {
        JsonNode json = Json.parse(
                "{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8}");
        assertThat(JsonPointers.at(json, "")).contains(json);
        assertThat(JsonPointers.at(json, "/foo/1")).contains(Json.parse("\"baz\""));
        List<String> pointers = List.of("/", "/a~1b", "/c%d", "/e^f", "/g|h", "/i\\j", "/k\"l", "/ ", "/m~0n");
        for (int i = 0; i < pointers.size(); i++)
            assertThat(JsonPointers.at(json, pointers.get(i))).contains(new RawNumber(Integer.toString(i)));
        assertThat(JsonPointers.at(json, "/foo/2")).isEmpty();
        assertThat(JsonPointers.at(json, "/foo/-")).isEmpty();
        assertThat(JsonPointers.at(json, "/foo/00")).isEmpty();
        assertThatExceptionOfType(JsonFormatException.class).isThrownBy(() -> JsonPointers.at(json, "foo"));
        assertThatExceptionOfType(JsonFormatException.class).isThrownBy(() -> JsonPointers.at(json, "/~"));
    }

    @Test
    void redactionTakesWhatIsPointedToAndNothingElse() {
        JsonNode json = Json.parse("{\"a\":{\"secret\":1,\"b\":2},\"l\":[0,1,2,3],\"k\":1.10}");
        Redaction redaction = Json.redact(json, List.of("/a/secret", "/l/1", "/l/3", "/l/1", "/nothing/here", "/l/9"));
        assertThat(redaction.removed()).isTrue();
        assertThat(Json.text(redaction.json())).isEqualTo("{\"a\":{\"b\":2},\"l\":[0,2],\"k\":1.10}");
        assertThat(Json.text(json)).contains("secret");
        assertThat(Json.redact(json, List.of("/x")).removed()).isFalse();
        assertThat(Json.redact(json, List.of("")).json().isNull()).isTrue();
    }
}
