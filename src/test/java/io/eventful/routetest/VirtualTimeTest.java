package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualTime time = new VirtualTime(BEGIN);
    private final ScheduledExecutorService timer = time.timers().timer("test");
    private final List<String> done = new ArrayList<>();

    private ScheduledFuture<?> after(int seconds, String what) {
        return timer.schedule(() -> done.add(what + "@" + time.passed().toSeconds()), seconds, TimeUnit.SECONDS);
    }

    @Test
    void tasksRunAtTheirTimesInOrderAndNotBefore() {
        after(5, "b");
        after(2, "a");
        after(5, "c");
        assertThat(time.planned()).isEqualTo(BEGIN.plusSeconds(2));
        time.turn(BEGIN.plusSeconds(4));
        assertThat(done).containsExactly("a@2");
        time.turn(BEGIN.plusSeconds(60));
        assertThat(done).containsExactly("a@2", "b@5", "c@5");
        assertThat(time.passed()).isEqualTo(Duration.ofSeconds(60));
        assertThat(time.planned()).isNull();
    }

    @Test
    void whatATaskPlansOnTheWayRunsOnTheWay() {
        timer.schedule(() -> after(1, "later"), 2, TimeUnit.SECONDS);
        time.turn(BEGIN.plusSeconds(10));
        assertThat(done).containsExactly("later@3");
    }

    @Test
    void whatRepeatsRunsOnceForALeapAndIsNotWaitedFor() {
        var unused = timer.scheduleWithFixedDelay(() -> done.add("tick"), 1, 1, TimeUnit.SECONDS);
        assertThat(time.planned()).isNull();
        time.turn(BEGIN.plus(Duration.ofDays(3)));
        assertThat(done).containsExactly("tick");
        time.turn(BEGIN.plus(Duration.ofDays(3)).plusSeconds(1));
        assertThat(done).hasSize(2);
    }

    @Test
    void aCancelledTaskAndOneOfAnEndedTimerNeverRun() {
        after(1, "cancelled").cancel(false);
        after(1, "ended");
        timer.shutdownNow();
        time.turn(BEGIN.plusSeconds(5));
        assertThat(done).isEmpty();
        assertThatThrownBy(() -> after(1, "late")).isInstanceOf(RejectedExecutionException.class);
    }
}
