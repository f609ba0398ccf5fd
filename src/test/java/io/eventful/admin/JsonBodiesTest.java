package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class JsonBodiesTest {

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,", "{\"a\":1,\"a\":2}", "{} {}", "tru", "\"x", "{\"a\":\"\u0001\"}", "NESTED"})
    void aMessageSaysNothingOfTheParser(String body) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setContentType("application/json");
        request.setContent(body.replace("NESTED", "[".repeat(101)).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> JsonBodies.read(request)).isInstanceOfSatisfying(ApiProblem.class, problem -> {
            String text = String.valueOf(problem.getBody().getDetail());
            assertThat(text)
                    .startsWith("The body is not valid JSON")
                    .endsWith(".")
                    .doesNotContain("REDACTED", "Source:", "`", "(start marker", "DeserializationFeature", "..");
            assertThat(text.replaceAll("[^(]", "")).hasSameSizeAs(text.replaceAll("[^)]", ""));
        });
    }
}
