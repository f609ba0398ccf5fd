package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.delivery.Breaker.Change;
import io.eventful.delivery.Breaker.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private static final BreakerSettings SETTINGS = new BreakerSettings(
            3, Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofHours(1));

    private final Breaker breaker = new Breaker(SETTINGS, Duration.ofMinutes(5));
    private Instant now = Instant.parse("2026-11-01T12:00:00Z");

    private Change fail(Duration later) {
        now = now.plus(later);
        return breaker.failed(now);
    }

    private void open() {
        fail(Duration.ZERO);
        fail(Duration.ofSeconds(20));
        assertThat(fail(Duration.ofSeconds(20))).isEqualTo(Change.OPENED);
    }

    @Test
    void aBurstOfFailuresOpensNothing() {
        for (int i = 0; i < 100; i++) assertThat(fail(Duration.ofMillis(200))).isEqualTo(Change.NONE);
        assertThat(breaker.permits(8, now)).isEqualTo(8);
    }

    @Test
    void failuresInARowOverTheSpanOpenIt() {
        open();
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breaker.failures()).isEqualTo(3);
        assertThat(breaker.until()).isEqualTo(now.plusSeconds(5));
        assertThat(breaker.permits(8, now.plusMillis(4999))).isZero();
    }

    /** Between two probes nothing is tried, however short the schedule is. */
    @Test
    void probesThatFailGoOnWithTheirSpan() {
        Breaker brief = new Breaker(
                new BreakerSettings(
                        2, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ZERO),
                Duration.ofSeconds(1));
        Instant first = now;
        brief.failed(now);
        now = now.plusSeconds(1);
        assertThat(brief.failed(now)).isEqualTo(Change.OPENED);
        for (int probe = 1; probe <= 4; probe++) {
            now = brief.until();
            assertThat(brief.permits(1, now)).isEqualTo(1);
            brief.started();
            brief.failed(now);
            assertThat(brief.failures()).isEqualTo(2 + probe);
            assertThat(brief.since()).isEqualTo(first);
        }
    }

    @Test
    void aSuccessBetweenThemDoesNot() {
        fail(Duration.ZERO);
        fail(Duration.ofSeconds(40));
        breaker.succeeded();
        assertThat(fail(Duration.ofSeconds(40))).isEqualTo(Change.NONE);
    }

    @Test
    void oneProbeAtATimeIsLetThrough() {
        open();
        now = now.plusSeconds(5);
        assertThat(breaker.permits(8, now)).isEqualTo(1);
        breaker.started();
        assertThat(breaker.permits(8, now.plusSeconds(60))).isZero();
        breaker.unused();
        assertThat(breaker.permits(8, now)).isEqualTo(1);
    }

    @Test
    void aFailedProbeWaitsTwiceAsLongUpToTheBound() {
        open();
        for (int seconds : new int[] {10, 15, 15}) {
            now = breaker.until();
            assertThat(breaker.permits(8, now)).isEqualTo(1);
            breaker.started();
            assertThat(fail(Duration.ofMillis(10))).isEqualTo(Change.NONE);
            assertThat(breaker.until()).isEqualTo(now.plusSeconds(seconds));
        }
    }

    @Test
    void aSuccessfulProbeClosesIt() {
        open();
        now = breaker.until();
        breaker.permits(1, now);
        breaker.started();
        assertThat(breaker.succeeded()).isEqualTo(Change.CLOSED);
        assertThat(breaker.permits(8, now)).isEqualTo(8);
        assertThat(breaker.failures()).isZero();
    }

    @Test
    void whatFailsForTooLongIsGivenUp() {
        Change last = Change.NONE;
        for (int minute = 0; minute < 60; minute += 5) {
            last = fail(minute == 0 ? Duration.ZERO : Duration.ofMinutes(5));
            assertThat(last).isNotEqualTo(Change.GIVEN_UP);
        }
        assertThat(fail(Duration.ofMinutes(5))).isEqualTo(Change.GIVEN_UP);
    }

    @Test
    void failuresLongAgoDoNotCount() {
        fail(Duration.ZERO);
        assertThat(fail(Duration.ofHours(2))).isEqualTo(Change.NONE);
        assertThat(breaker.since()).isEqualTo(now);
    }

    @Test
    void theSpanGoesOnAfterARestart() {
        breaker.restore(now.minus(Duration.ofMinutes(59)));
        assertThat(fail(Duration.ZERO)).isEqualTo(Change.NONE);
        assertThat(fail(Duration.ofMinutes(1))).isEqualTo(Change.GIVEN_UP);
    }

    @Test
    void nothingIsGivenUpWhenThatIsSwitchedOff() {
        Breaker patient = new Breaker(
                new BreakerSettings(
                        3, Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ZERO),
                Duration.ofDays(1));
        for (int day = 0; day < 1000; day++)
            assertThat(patient.failed(now.plus(Duration.ofDays(day)))).isNotEqualTo(Change.GIVEN_UP);
    }
}
