package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RetryDelayTest {

    @Property
    void aRetryIsNeverEarlyAndAtMostATenthLate(
            @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 0, max = 864_000) Long> seconds,
            @ForAll @IntRange(max = 20) int steps,
            @ForAll long seed) {
        RetryDelay delays =
                new RetryDelay(seconds.stream().map(Duration::ofSeconds).toList(), new Random(seed));
        var delay = delays.after(steps);
        if (steps >= seconds.size()) {
            assertThat(delay).isEmpty();
            return;
        }
        Duration step = Duration.ofSeconds(seconds.get(steps));
        assertThat(delay.orElseThrow()).isBetween(step, step.plus(step.dividedBy(10)));
    }
}
