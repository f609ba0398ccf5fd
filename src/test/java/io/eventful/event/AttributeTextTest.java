package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The characters of a String attribute, as CloudEvents 1.0 has them. */
class AttributeTextTest {

    @ParameterizedTest
    @ValueSource(ints = {0, '\n', 0x1F, 0x7F, 0x85, 0x9F, 0xD800, 0xDFFF, 0xFDD0, 0xFDEF, 0xFFFE, 0x1FFFF, 0x10FFFE})
    void theseAreNone(int point) {
        String text = new StringBuilder("a").appendCodePoint(point).append("b").toString();
        assertThat(AttributeText.problem(text)).hasValue(String.format("it contains U+%04X", point));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "\u00A0é\uFFFD", "\uD83D\uDE00", "\uFDCF\uFDF0"})
    void allOthersAre(String text) {
        assertThat(AttributeText.problem(text)).isEmpty();
    }
}
