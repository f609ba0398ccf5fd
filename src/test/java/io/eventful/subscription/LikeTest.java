package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.eventful.event.Event;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code LIKE} in filters. */
class LikeTest {

    private static Filter filter(String sql) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return Filters.parse(json.arrayNode().add(json.objectNode().put("sql", sql)), "");
    }

    private static Event event(String subject) {
        return new Event("1", "/s", "t", subject, null, null, null, Map.of(), new byte[0]);
    }

    /** Who writes an item chooses its path. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject LIKE '%a%a%a%a%a%a%a%a%b'",
                "subject NOT LIKE '%a%a%a%a%a%a%a%a%b'",
                "subject LIKE 'a\\E(a+)+\\Qb'"
            })
    void noPathHoldsAFilterUp(String sql) {
        Filter filter = filter(sql);
        Event event = event("a".repeat(8_000));
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> filter.matches(event)))
                .isEqualTo(sql.contains("NOT"));
    }

    @Test
    void anyTextMayHaveLines() {
        assertThat(filter("subject LIKE 'a%b_c'").matches(event("a\n1\nb\nc"))).isTrue();
    }

    @Property
    void itSaysWhatARegularExpressionWouldSay(
            @ForAll @StringLength(max = 12) @Chars({'a', 'b', '%', '_'}) String pattern,
            @ForAll @StringLength(max = 12) @CharRange(from = 'a', to = 'b') String text) {
        String regex = pattern.replace("%", ".*").replace("_", ".");
        assertThat(LikePattern.of(pattern).matches(text)).isEqualTo(Pattern.matches(regex, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100\\%", "100\\%%", "1__\\%", "%\\%", "_00_"})
    void aBackslashTakesASignForItself(String pattern) {
        assertThat(LikePattern.of(pattern).matches("100%")).isTrue();
        assertThat(LikePattern.of(pattern).matches("1000")).isEqualTo(pattern.equals("_00_"));
    }

    @Test
    void aCharacterOutsideTheBasicPlaneIsOne() {
        assertThat(LikePattern.of("a_c").matches("a\ud83d\ude00c")).isTrue();
        assertThat(LikePattern.of("a__c").matches("a\ud83d\ude00c")).isFalse();
    }

    @Test
    void aBackslashBeforeAnythingElseIsOne() {
        assertThat(LikePattern.of("a\\b\\").matches("a\\b\\")).isTrue();
    }
}
