package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Json;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys sort as their values do. */
class SortKeyTest {

    private static final List<String> NUMBERS = List.of(
            "-1e400",
            "-99999999999999999999.5",
            "-70000",
            "-256",
            "-12.5",
            "-12",
            "-1.25",
            "-1.2",
            "-1",
            "-0.5",
            "-1e-300",
            "0",
            "1e-400",
            "0.00001",
            "0.5",
            "1",
            "1.2",
            "1.25",
            "12",
            "12.5",
            "255",
            "256",
            "70000",
            "99999999999999999999",
            "1e400");

    private static byte[] key(String json) {
        return SortKey.of(Json.parse(json));
    }

    private static int compared(String one, String other) {
        return Integer.signum(Arrays.compareUnsigned(key(one), key(other)));
    }

    @Test
    void numbersSortByTheirValue() {
        for (String one : NUMBERS)
            for (String other : NUMBERS)
                assertThat(compared(one, other))
                        .as(one + " and " + other)
                        .isEqualTo(new BigDecimal(one).compareTo(new BigDecimal(other)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1.00", "1e2, 100", "-0, 0", "0.10, 1e-1", "-2.50, -25e-1"})
    void numbersOfOneValueHaveOneKey(String one, String other) {
        assertThat(key(one)).isEqualTo(key(other));
    }

    @Test
    void valuesSortByTheirKindFirstAndTextsByCodePoint() {
        List<String> ascending = List.of(
                "null",
                "false",
                "true",
                "-1e9",
                "0",
                "7",
                "\"\"",
                "\"10\"",
                "\"9\"",
                "\"Z\"",
                "\"a\"",
                "\"aa\"",
                "\"\u00e4\"",
                "\"\uff61\"",
                "\"\ud83d\ude00\"",
                "[]");
        for (int i = 1; i < ascending.size(); i++)
            assertThat(compared(ascending.get(i - 1), ascending.get(i)))
                    .as(ascending.get(i - 1) + " before " + ascending.get(i))
                    .isEqualTo(-1);
        assertThat(SortKey.of(null)).isEqualTo(key("null"));
        assertThat(key("{\"a\":1}")).isEqualTo(key("[]"));
    }

    @Test
    void ofATextSoMuchCounts() {
        String long1 = '"' + "x".repeat(SortKey.TEXT_LIMIT);
        assertThat(key(long1 + "1\"")).isEqualTo(key(long1 + "2\"")).hasSize(SortKey.TEXT_LIMIT + 1);
        assertThat(key(long1.substring(0, SortKey.TEXT_LIMIT) + "1\""))
                .isNotEqualTo(key(long1.substring(0, SortKey.TEXT_LIMIT) + "2\""));
    }

    @Test
    void aKeyTellsWhetherOtherValuesHaveItToo() {
        String text = "x".repeat(SortKey.TEXT_LIMIT - 1);
        for (String whole :
                List.of("null", "true", '"' + text + '"', "0", "1e400", "-" + "7".repeat(63), "1e-2147483000"))
            assertThat(SortKey.isShared(key(whole))).as(whole).isFalse();
        for (String part : List.of(
                "[]",
                '"' + text + "x\"",
                "7".repeat(64),
                "-" + "7".repeat(65),
                "1e2147483647",
                "-1e2147483647",
                "1e9999999999"))
            assertThat(SortKey.isShared(key(part))).as(part).isTrue();
    }

    @Test
    void whatIsWrittenInAQueryMayMeanSeveralValues() {
        assertThat(SortKey.meant("1e2")).containsExactly(key("\"1e2\""), key("100"));
        assertThat(SortKey.meant("true")).containsExactly(key("\"true\""), key("true"));
        assertThat(SortKey.meant("false")).containsExactly(key("\"false\""), key("false"));
        assertThat(SortKey.meant("null")).containsExactly(key("\"null\""), key("null"));
        assertThat(SortKey.meant("")).containsExactly(key("\"\""));
        assertThat(SortKey.meant("1.")).containsExactly(key("\"1.\""));
        String digits = "9".repeat(64);
        assertThat(SortKey.meant(digits)).hasSize(2);
        assertThat(SortKey.meant(digits + "9")).hasSize(2);
        assertThat(SortKey.meant("1e9999999")).hasSize(2);
    }
}
