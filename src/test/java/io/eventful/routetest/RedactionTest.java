package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Json;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private final Redaction redaction = new Redaction(Set.of("email"));

    private String of(String json) {
        return redaction.of(Json.parse(json)).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "passwd",
                "clientSecret",
                "access_token",
                "apiKey",
                "api-key",
                "Authorization",
                "credentials",
                "iban",
                "cardNumber",
                "CVV",
                "ssn",
                "email"
            })
    void whatIsNamedLikeASecretIsReplaced(String name) {
        assertThat(of("{\"" + name + "\":\"x\",\"name\":\"Ada\"}"))
                .isEqualTo("{\"" + name + "\":\"(redacted)\",\"name\":\"Ada\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"a":[{"token":1}]}                              | {"a":[{"token":"(redacted)"}]}
        {"secret":{"a":[1,"x"],"b":null}}                | {"secret":{"a":["(redacted)","(redacted)"],"b":null}}
        {"op":"replace","path":"/ssn","value":"1"}       | {"op":"replace","path":"/ssn","value":"(redacted)"}
        {"op":"add","path":"/a/token/b","value":{"c":1}} | {"op":"add","path":"/a/token/b","value":{"c":"(redacted)"}}
        {"name":"email","value":"x","previous":"y"}      | {"name":"email","value":"(redacted)","previous":"(redacted)"}
        {"op":"replace","path":"/name","value":"Ada"}    | {"op":"replace","path":"/name","value":"Ada"}
        """)
    void howeverDeepAndInPatchesToo(String json, String redacted) {
        assertThat(of(json)).isEqualTo(redacted);
    }

    @Test
    void parametersOfAQueryToo() {
        assertThat(redaction.target("/a?token=x&page=2&email=y%40z"))
                .isEqualTo("/a?token=redacted&page=2&email=redacted");
        assertThat(redaction.target("/token/1")).isEqualTo("/token/1");
    }
}
