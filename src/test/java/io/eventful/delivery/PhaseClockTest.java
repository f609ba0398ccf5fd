package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PhaseClockTest {

    private final AtomicLong nanos = new AtomicLong(1_000_000);
    private final PhaseClock clock = new PhaseClock(nanos::get);

    private void pass(long micros) {
        nanos.addAndGet(micros * 1000);
    }

    @Test
    void aPhaseThatWasNotReachedHasNoTime() {
        pass(3);
        clock.resolved();
        pass(5);
        assertThat(clock.phases()).isEqualTo(new Phases(3, -1, -1, -1, 8));
    }

    @Test
    void whatIsSentAgainTakesItsPhasesFromTheSecondConnection() {
        pass(3);
        clock.resolved();
        pass(1);
        clock.connected();
        pass(40);
        clock.again();
        assertThat(clock.phases()).isEqualTo(new Phases(3, -1, -1, -1, 44));
        pass(7);
        clock.connected();
        pass(11);
        clock.secured(nanos.get());
        pass(13);
        clock.answered();
        assertThat(clock.phases()).isEqualTo(new Phases(3, 7, 11, 13, 75));
    }
}
