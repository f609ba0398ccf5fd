package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    /** However greedily and irregularly somebody asks, a minute holds the rate, to 2 %. */
    @Property(tries = 100)
    void aMinuteHoldsTheRate(@ForAll @IntRange(min = 1, max = 500) int rate, @ForAll long seed) {
        Pace pace = new Pace();
        pace.limits(rate, 0);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        long taken = 0;
        long millis = 0;
        while (millis < 60_000) {
            taken += pace.take(1000, START.plusMillis(millis));
            millis += 1 + random.nextInt(4);
        }
        assertThat(taken).isBetween((long) (rate * 60 * 0.98) - 1, (long) (rate * 60 * 1.02) + 1);
    }

    @Test
    void theSinksCeilingIsKeptToo() {
        Pace pace = new Pace();
        pace.limits(100, 60);
        int taken = 0;
        for (int millis = 0; millis < 60_000; millis += 10) taken += pace.take(10, START.plusMillis(millis));
        assertThat(taken).isEqualTo(60);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        Pace pace = new Pace();
        pace.limits(1, 0);
        assertThat(pace.take(5, START)).isEqualTo(1);
        pace.giveBack(1);
        assertThat(pace.take(5, START)).isEqualTo(1);
        assertThat(pace.take(5, START)).isZero();
        assertThat(pace.next()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void severalAreGivenBackAtOnce() {
        Pace pace = new Pace();
        pace.limits(100, 0);
        assertThat(pace.take(50, START)).isEqualTo(10);
        assertThat(pace.ready(START)).isFalse();
        assertThat(pace.next()).isEqualTo(START.plusMillis(10));
        pace.giveBack(4);
        assertThat(pace.ready(START)).isTrue();
        assertThat(pace.take(50, START)).isEqualTo(4);
    }

    @Test
    void withoutALimitEverythingGoes() {
        Pace pace = new Pace();
        assertThat(pace.unlimited()).isTrue();
        assertThat(pace.take(50, START)).isEqualTo(50);
        assertThat(pace.ready(START)).isTrue();
        pace.limits(1, 0);
        assertThat(pace.unlimited()).isFalse();
    }

    /** Timers and the store are late by milliseconds each time; that must not add up. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 10, 50, 333, 1000, 5000})
    void overAMinuteLatenessCostsLessThanTwoPercent(int rate) {
        Pace pace = new Pace();
        pace.limits(rate, 0);
        Random random = new Random(rate);
        Instant begun = Instant.parse("2026-11-01T12:00:00Z");
        Instant end = begun.plusSeconds(60);
        Instant now = begun;
        int sent = 0;
        while (now.isBefore(end)) {
            sent += pace.take(32, now);
            Instant due = pace.next().isAfter(now) ? pace.next() : now;
            now = due.plusMillis(random.nextInt(40) / Math.max(1, rate / 100));
        }
        assertThat(sent).isBetween((int) (60 * rate * 0.98), (int) (60 * rate * 1.02) + 1);
    }

    @Test
    void afterAPauseThereIsNoBurst() {
        Pace pace = new Pace();
        pace.limits(10, 0);
        Instant now = Instant.parse("2026-11-01T12:00:00Z");
        assertThat(pace.take(100, now)).isEqualTo(1);
        assertThat(pace.take(100, now.plusSeconds(60))).isEqualTo(1);
    }

    /** What may go next is told by a time of the clock. */
    @Test
    void aClockThatIsSetBackDoesNotStopIt() {
        Pace pace = new Pace();
        pace.limits(10, 0);
        assertThat(pace.take(1, START)).isEqualTo(1);
        Instant back = START.minusSeconds(3600);
        assertThat(pace.take(1, back)).isZero();
        assertThat(pace.next()).isBetween(back, back.plusMillis(100));
        assertThat(pace.take(1, back.plusMillis(100))).isEqualTo(1);
        assertThat(pace.take(1, back.plusMillis(100))).isZero();
    }
}
