package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http1RequestValidatorTest {

    @Test
    void aTokenHasLettersDigitsAndTheMarksOfTheStandard() {
        assertThat(Http1RequestValidator.isToken("azAZ09!#$%&'*+-.^_`|~")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a b", "a\t", "(", ")", ",", "/", ":", ";", "<", "=", ">", "?", "@", "[", "\\", "]", "{", "}", "\"",
                "\u007f", "\u00e9"
            })
    void anythingElseIsNoToken(String text) {
        assertThat(Http1RequestValidator.isToken(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1 ", "/", ":", "1,1", "0x1", "\u0661"})
    void aLengthIsDigitsOnly(String text) {
        assertThat(Http1RequestValidator.isDigits("0123456789")).isTrue();
        assertThat(Http1RequestValidator.isDigits(text)).isFalse();
    }
}
