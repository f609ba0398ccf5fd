package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rows of a table stand below each other, and one long cell does not move the others. */
class TableTest {

    @Test
    void aLongCellMovesOnlyItsOwnRow() {
        String table = new Table()
                .row("NAME", "SINK", "LAG")
                .row("a", "http://a.example", "1")
                .row("b", "http://" + "b".repeat(100) + ".example", "22")
                .toString();
        assertThat(table.lines())
                .containsExactly(
                        "NAME  SINK              LAG",
                        "a     http://a.example  1",
                        "b     http://" + "b".repeat(100) + ".example  22");
    }

    @Test
    void controlCharactersAreReplaced() {
        assertThat(new Table().row("a\u0007b\u009b2J").toString()).isEqualTo("a?b?2J");
    }
}
