package io.eventful.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What others wrote neither controls a terminal nor shows itself in another order than it is in. */
class VisibleTextTest {

    @Test
    void whatControlsATerminalIsReplaced() {
        assertThat(VisibleText.line("a\u001b[31mb\u009b2Jc\u0007d\u007fe\nf\tg"))
                .isEqualTo("a?[31mb?2Jc?d?e?f?g");
        assertThat(VisibleText.lines("a\u001bb\u009bc\nd\te\rf\r\ng")).isEqualTo("a?b?c\nd\te?f\ng");
    }

    @Test
    void whatReversesTextIsReplaced() {
        assertThat(VisibleText.line("\u202e0001 RUE\u202c \u2066a\u2069")).isEqualTo("?0001 RUE? ?a?");
        assertThat(VisibleText.lines("\u202dx")).isEqualTo("?x");
    }

    @Test
    void textOfAnyLanguageStays() {
        String text = "Grüße, שלום\u200f, مرحبا, \uD83D\uDC69\u200D\uD83D\uDE80";
        assertThat(VisibleText.line(text)).isEqualTo(text);
        assertThat(VisibleText.json(text)).isEqualTo(text);
    }

    @Test
    void jsonIsEscapedAndStaysTheSame() {
        assertThat(VisibleText.json("{\"\u009b2J\": \"\u202eabc\u007f\"}"))
                .isEqualTo("{\"\\u009b2J\": \"\\u202eabc\\u007f\"}");
        assertThat(VisibleText.json("{\r\n\t\"a\":\r1\n}")).isEqualTo("{\n\t\"a\":\n1\n}");
        assertThat(VisibleText.json("no JSON \u001b[2J")).isEqualTo("no JSON \\u001b[2J");
    }
}
