package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentTest {

    @Test
    void theLatestHalfIsKnownAndNeverMoreThanTheLimit() {
        Recent recent = new Recent(100);
        for (int i = 0; i < 1000; i++) {
            recent.add("d" + i);
            int now = i;
            assertThat(IntStream.rangeClosed(Math.max(0, now - 49), now)).allMatch(n -> recent.knows("d" + n));
            assertThat(IntStream.rangeClosed(0, now)
                            .filter(n -> recent.knows("d" + n))
                            .count())
                    .isLessThanOrEqualTo(100);
        }
    }

    @Test
    void oneThatIsAddedAgainTakesNoRoom() {
        Recent recent = new Recent(4);
        recent.add("first");
        for (int i = 0; i < 10; i++) recent.add("same");
        assertThat(recent.knows("first")).isTrue();
    }

    /** As many as are kept by default, and ids as deliveries have them, near each other. */
    @Test
    void noOtherIsTakenForOneThatIsKnown() {
        Recent recent = new Recent(200_000);
        for (int i = 0; i < 100_000; i++) recent.add("d" + i + "-" + i % 7);
        for (int i = 0; i < 100_000; i++) {
            assertThat(recent.knows("d" + i + "-" + i % 7)).isTrue();
            assertThat(recent.knows("d" + i + "-" + (i + 1) % 7)).isFalse();
        }
        assertThat(recent.knows("")).isFalse();
    }
}
