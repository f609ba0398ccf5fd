package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateTest {

    private final TestClock clock = new TestClock(Instant.parse("2026-11-01T12:00:00Z"));

    @Test
    void aMinutesWorthGoesAtOnceAndFillsEvenly() {
        Rate rate = new Rate(6, clock);
        for (int i = 0; i < 6; i++) assertThat(rate.take()).isEmpty();
        assertThat(rate.take()).contains(Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(4));
        assertThat(rate.take()).contains(Duration.ofSeconds(6));
        clock.advance(Duration.ofSeconds(6));
        assertThat(rate.take()).isEmpty();
        assertThat(rate.take()).isPresent();
    }

    @Test
    void whatIsNotUsedDoesNotAddUp() {
        Rate rate = new Rate(2, clock);
        clock.advance(Duration.ofHours(1));
        for (int i = 0; i < 2; i++) assertThat(rate.take()).isEmpty();
        assertThat(rate.take()).contains(Duration.ofSeconds(30));
    }

    @Test
    void aClockThatIsSetBackTakesNothingAway() {
        Rate rate = new Rate(2, clock);
        clock.advance(Duration.ofMinutes(-5));
        for (int i = 0; i < 2; i++) assertThat(rate.take()).isEmpty();
    }

    @Test
    void theWaitIsASecondAtLeast() {
        Rate rate = new Rate(600, clock);
        for (int i = 0; i < 600; i++) assertThat(rate.take()).isEmpty();
        assertThat(rate.take()).contains(Duration.ofSeconds(1));
    }

    @Test
    void withoutALimitEverythingGoes() {
        Rate rate = new Rate(0, clock);
        for (int i = 0; i < 1000; i++) assertThat(rate.take()).isEmpty();
    }
}
