package io.eventful.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StallTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Stall stall = new Stall("ledger", new Sqlite(Path.of("unused.db")), nanos::get);

    @BeforeEach
    void begin() {
        stall.begin();
    }

    private void after(Duration time) {
        nanos.addAndGet(time.toNanos());
        stall.look();
    }

    @Test
    void aGroupThatTakesLongIsToldOnceWithHowLongAndThatItHasEnded(CapturedOutput output) {
        after(Stall.LONG.minusNanos(1));
        assertThat(stall.reason()).isEmpty();
        after(Duration.ofSeconds(2));
        after(Duration.ofSeconds(5));
        assertThat(stall.reason()).contains("no answer for 16 s");
        stall.end();
        assertThat(stall.reason()).isEmpty();
        assertThat(output.toString().lines().filter(line -> line.contains("store.")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("store.stalled store=ledger", "no answer for 11 s"),
                        line -> assertThat(line).contains("store.answers store=ledger", "waitedMs=16999"));
    }

    @Test
    void aGroupThatTakesItsTimeButNotLongIsNotTold(CapturedOutput output) {
        after(Duration.ofSeconds(9));
        stall.end();
        stall.begin();
        after(Duration.ofSeconds(9));
        assertThat(stall.reason()).isEmpty();
        stall.end();
        after(Duration.ofSeconds(90));
        assertThat(stall.reason()).isEmpty();
        assertThat(output.toString()).doesNotContain("store.");
    }
}
