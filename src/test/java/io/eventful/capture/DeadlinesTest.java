package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Deadlines deadlines = new Deadlines(Duration.ofMillis(50), new Pauses(timer));

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    @Test
    void anAnswerInTimeIsTheAnswer() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        CompletableFuture<String> bounded = deadlines.bound(stage);
        stage.complete("yes");
        assertThat(bounded).isCompletedWithValue("yes");
        assertThat(deadlines.bound(CompletableFuture.completedFuture("there"))).isCompletedWithValue("there");
        assertThat(deadlines.bound(CompletableFuture.failedFuture(new IllegalStateException("no"))))
                .isCompletedExceptionally();
    }

    @Test
    void whatTakesTooLongFailsAndItsStageGoesOn() {
        List<CompletableFuture<String>> stages = new ArrayList<>();
        List<CompletableFuture<String>> bounded = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            stages.add(new CompletableFuture<>());
            bounded.add(deadlines.bound(stages.get(i)));
        }
        for (int i = 0; i < 100; i += 2) stages.get(i).complete("yes");
        for (int i = 0; i < 100; i++) {
            if (i % 2 == 0) assertThat(bounded.get(i)).isCompletedWithValue("yes");
            else
                assertThat(bounded.get(i))
                        .failsWithin(10, TimeUnit.SECONDS)
                        .withThrowableThat()
                        .withCauseInstanceOf(TimeoutException.class);
        }
        assertThat(stages.get(1)).isNotDone();
        // It goes on bounding after it had nothing to do.
        assertThat(deadlines.bound(stages.get(1))).failsWithin(10, TimeUnit.SECONDS);
    }

    /** Runs nothing by itself. */
    private static final class Later extends ScheduledThreadPoolExecutor {
        final List<Duration> delays = new ArrayList<>();
        final List<Runnable> tasks = new ArrayList<>();

        Later() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            delays.add(Duration.of(delay, unit.toChronoUnit()));
            tasks.add(task);
            return super.schedule(() -> {}, 0, TimeUnit.NANOSECONDS);
        }
    }

    /** Whoever looks at whether it is answered meets what happens meanwhile on another thread. */
    private static final class Watched extends CompletableFuture<String> {
        private Runnable meanwhile = () -> {};

        @Override
        public CompletableFuture<String> copy() {
            return new CompletableFuture<>() {
                @Override
                public boolean isDone() {
                    Runnable now = meanwhile;
                    meanwhile = () -> {};
                    now.run();
                    return super.isDone();
                }
            };
        }
    }

    @Test
    void aWaitThatBeginsWhileTheTimerLooksDoesNotDelayTheOldestOne() {
        Duration length = Duration.ofHours(1);
        try (Later later = new Later()) {
            Deadlines own = new Deadlines(length, new Pauses(later));
            Watched oldest = new Watched();
            own.bound(oldest);
            oldest.meanwhile = () -> own.bound(new CompletableFuture<>());
            later.tasks.getFirst().run();
            assertThat(later.delays).hasSize(2);
            assertThat(later.delays.getLast()).isLessThan(length);
        }
    }
}
