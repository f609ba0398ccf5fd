package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is forgotten of a log with blocks. */
class ForgottenBlocksTest extends LogFixture {

    @Test
    void theOldIsForgotten() {
        log(100);
        log(3);
        rig.time.advance(Duration.ofMinutes(30));
        log(100);
        log(3);
        forget(Duration.ofMinutes(29), 1_000_000);
        assertThat(ids(ALL, 1000)).hasSize(206);
        forget(Duration.ofMinutes(31), 1_000_000);
        assertThat(ids(ALL, 1000)).isEqualTo(logged.subList(0, 103));
        forget(Duration.ofMinutes(61), 1_000_000);
        assertThat(ids(ALL, 1000)).isEmpty();
        assertThat(count("delivered_block")).isZero();
        log(70);
        log(1);
        assertThat(ids(ALL, 1000)).isEqualTo(logged.subList(0, 71));
    }

    /** A block of which a part is over the limit stays. */
    @Test
    void soIsWhatIsOverTheLimit() {
        for (int i = 0; i < 3; i++) {
            log(600);
            log(50);
        }
        forget(Duration.ZERO, 1300);
        assertThat(ids(ALL, 1000)).hasSize(1300);
        forget(Duration.ZERO, 1200);
        assertThat(ids(ALL, 1000)).as("600, 50, and the block of 600").hasSize(1300);
        forget(Duration.ZERO, 1000);
        assertThat(ids(ALL, 1000)).hasSize(1300);
        log(1000);
        forget(Duration.ZERO, 1000);
        assertThat(ids(ALL, 1000)).isEqualTo(logged.subList(0, 1000));
        log(10);
        forget(Duration.ZERO, 1000);
        assertThat(ids(ALL, 1000)).isEqualTo(logged.subList(0, 1010));
    }

    private void forget(Duration later, long rows) {
        RetentionSettings settings =
                new RetentionSettings(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(1), rows, 1000, 1000);
        Retention retention = new Retention(rig.engine.core().database(), after(later), settings);
        while (retention.chunk()) {
            // more of them
        }
    }

    private Clock after(Duration later) {
        return Clock.offset(rig.time.clock, later);
    }
}
