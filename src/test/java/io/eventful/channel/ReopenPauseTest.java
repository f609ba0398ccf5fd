package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A message that the broker cannot hand over ends its consumer each time. */
class ReopenPauseTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final ReopenPause pause = new ReopenPause(now::get);

    private Duration endedAfter(Duration open) {
        pause.opened();
        now.addAndGet(open.toNanos());
        return pause.next();
    }

    @Test
    void itGrowsUpToALimitWhileTheConsumerEndsSoon() {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 9; i++) millis.add(endedAfter(Duration.ofSeconds(1)).toMillis());
        assertThat(millis).containsExactly(0L, 500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L);
    }

    @Test
    void aConsumerThatStayedOpenBeginsAnew() {
        for (int i = 0; i < 20; i++) endedAfter(Duration.ZERO);
        assertThat(endedAfter(ReopenPause.LONGEST)).isZero();
        assertThat(endedAfter(Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
    }
}
