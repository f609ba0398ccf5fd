package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

    @Test
    void aTokenHasLettersDigitsAndTheMarksOfTheStandard() {
        assertThat(Gate.isToken("azAZ09!#$%&'*+-.^_`|~")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a b", "a\t", "(", ")", ",", "/", ":", ";", "<", "=", ">", "?", "@", "[", "\\", "]", "{", "}", "\"",
                "\u007f", "\u00e9"
            })
    void anythingElseIsNoToken(String text) {
        assertThat(Gate.isToken(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1 ", "/", ":", "1,1", "0x1", "\u0661"})
    void aLengthIsDigitsOnly(String text) {
        assertThat(Gate.isDigits("0123456789")).isTrue();
        assertThat(Gate.isDigits(text)).isFalse();
    }
}
