package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final List<ScheduledFuture<?>> looks = new ArrayList<>();
    private final Turns turns = new Turns();

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    /** Never comes by itself, so that it is the test's to say when it does. */
    private ScheduledFuture<?> plan(Duration delay) {
        ScheduledFuture<?> look = timer.schedule(() -> {}, 1, TimeUnit.DAYS);
        looks.add(look);
        return look;
    }

    /** A timer is late by up to a millisecond, and more when its thread is busy. */
    @Test
    void aLookWhoseTimeHasComeIsNotGivenUpForALaterOne() {
        turns.wake(NOW, NOW.minusSeconds(5), this::plan);
        turns.wake(NOW.plusSeconds(25), NOW.plusMillis(1), this::plan);
        assertThat(looks.getFirst().isCancelled()).isFalse();
    }

    @Test
    void anEarlierOneTakesItsPlaceAndALaterOneIsPlannedAfterIt() {
        turns.wake(NOW.plusSeconds(5), NOW, this::plan);
        turns.wake(NOW.plusSeconds(2), NOW, this::plan);
        assertThat(looks).extracting(ScheduledFuture::isCancelled).containsExactly(true, false);
        turns.woken(NOW.plusSeconds(2));
        turns.wake(NOW.plusSeconds(9), NOW.plusSeconds(2), this::plan);
        assertThat(turns.planned()).isEqualTo(NOW.plusSeconds(9));
    }
}
