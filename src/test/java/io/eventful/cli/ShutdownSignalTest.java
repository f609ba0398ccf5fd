package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ShutdownSignalTest {

    /** As {@link System#nanoTime()}, which may be negative. */
    private final AtomicLong nanos = new AtomicLong(-Duration.ofMillis(300).toNanos());

    private final List<Integer> halts = new ArrayList<>();
    private final ShutdownSignal end = new ShutdownSignal(nanos::get, halts::add);

    private void later(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    /** timeout(1) signals its command and then the group that it is in, and a terminal signals all processes of it. */
    @Test
    void theSameRequestThatArrivesTwiceIsOne() {
        assertThat(end.asked()).isFalse();
        end.ask();
        later(Duration.ofMillis(1));
        end.ask();
        later(Duration.ofMillis(998));
        end.ask();
        assertThat(end.asked()).isTrue();
        assertThat(halts).isEmpty();
    }

    @Test
    void whoAsksAgainDoesNotWait() {
        end.ask();
        later(Duration.ofSeconds(1));
        end.ask();
        assertThat(halts).containsExactly(130);
    }
}
