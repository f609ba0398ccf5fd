package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventful.subscription.InvalidSubscriptionException;
import io.eventful.subscription.RequestProblem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayRangeTest {

    private static final String TIME = "2026-03-04T06:06:07+01:00";

    @Test
    void zeroIsTheStartOfPositionsAndOfTimes() {
        Instant end = Instant.parse("2026-03-04T05:06:07Z");
        assertThat(ReplayRange.parse("0", null)).isEqualTo(new ReplayRange.Positions(0, Long.MAX_VALUE));
        assertThat(ReplayRange.parse("0", "7")).isEqualTo(new ReplayRange.Positions(0, 7));
        assertThat(ReplayRange.parse("0", TIME)).isEqualTo(new ReplayRange.Times(Instant.EPOCH, end));
        assertThat(ReplayRange.parse(TIME, TIME)).isEqualTo(new ReplayRange.Times(end, end));
    }

    @Test
    void bothEndsBelongToIt() {
        assertThat(ReplayRange.parse("7", "7")).isEqualTo(new ReplayRange.Positions(7, 7));
        assertThat(ReplayRange.parse("9", "10")).isEqualTo(new ReplayRange.Positions(9, 10));
        assertThatThrownBy(() -> ReplayRange.parse("8", "7")).hasMessageContaining("is before");
    }

    @Test
    void positionsHaveDigitsAndNothingElse() {
        assertThat(ReplayRange.parse("123456789012345678", null))
                .isEqualTo(new ReplayRange.Positions(123_456_789_012_345_678L, Long.MAX_VALUE));
        for (String none : new String[] {"1234567890123456789", "1/2", "1:2", "-1", ""})
            assertThatThrownBy(() -> ReplayRange.parse(none, null)).hasMessageContaining("neither a position");
    }

    @Test
    void whatMixesPositionsWithTimesIsRefused() {
        assertThatThrownBy(() -> ReplayRange.parse("5", TIME)).hasMessageContaining("not of the kind");
        assertThatThrownBy(() -> ReplayRange.parse(TIME, "5")).hasMessageContaining("not of the kind");
        assertThatThrownBy(() -> ReplayRange.parse("0", "soon")).hasMessageContaining("neither a position");
    }

    @Test
    void whateverIsWrongWithTheEndsIsTold() {
        assertThat(wrong("abc", "xyz")).containsExactly("/from", "/to");
        assertThat(wrong("2026-01-01", "2026-13-01")).containsExactly("/from", "/to");
        assertThat(wrong("", "")).containsExactly("/from", "/to");
        assertThat(wrong("7", "xyz")).containsExactly("/to");
        assertThat(wrong("8", "7")).containsExactly("/to");
    }

    @Test
    void theEndThatIsRightIsNotBlamed() {
        for (String to : new String[] {"5", TIME}) assertThat(wrong("abc", to)).containsExactly("/from");
    }

    private static List<String> wrong(String from, String to) {
        return catchThrowableOfType(InvalidSubscriptionException.class, () -> ReplayRange.parse(from, to))
                .problems()
                .stream()
                .map(RequestProblem::pointer)
                .toList();
    }
}
