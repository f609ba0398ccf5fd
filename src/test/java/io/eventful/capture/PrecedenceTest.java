package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrecedenceTest {

    private static final int ALL = 1_000_000;
    private static final int BURST = 8 * Runtime.getRuntime().availableProcessors() + 1;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private static final int LAG = 1_000;

    private final AtomicBoolean busy = new AtomicBoolean(true);
    private final Precedence precedence = new Precedence(new Pauses(timer), busy::get, LAG);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void aRelayTakesAllItWantsWhileFewCallsAreUnderWay() throws Exception {
        precedence
                .counted(() -> assertThat(precedence.share(ALL, 0)).isEqualTo(ALL))
                .run();
        long begin = System.nanoTime();
        for (int i = 0; i < 100; i++) precedence.giveWay(0);
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void aRelayTakesAShareAndPausesDuringABurstAndAllAgainAfterIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(BURST);
        CountDownLatch over = new CountDownLatch(1);
        try (var calls = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < BURST; i++)
                calls.execute(precedence.counted(() -> {
                    begun.countDown();
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
            begun.await();
            assertThat(precedence.share(ALL, 0)).isPositive().isLessThan(1_000 * BURST);
            assertThat(precedence.share(1, 0)).isEqualTo(1);
            long before = System.nanoTime();
            precedence.giveWay(0);
            assertThat(System.nanoTime() - before).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(40));
            assertThat(precedence.share(ALL, LAG)).as("too far behind").isEqualTo(ALL);
            busy.set(false);
            assertThat(precedence.share(ALL, 0)).as("idle processors").isEqualTo(ALL);
            busy.set(true);
            over.countDown();
        }
        assertThat(precedence.share(ALL, 0)).isEqualTo(ALL);
    }

    @Test
    void aCallThatFailsCountsNoLonger() {
        for (int i = 0; i < BURST; i++) {
            Runnable failing = precedence.counted(() -> {
                throw new IllegalStateException("no");
            });
            try {
                failing.run();
            } catch (IllegalStateException expected) {
                assertThat(expected).hasMessage("no");
            }
        }
        assertThat(precedence.share(ALL, 0)).isEqualTo(ALL);
    }
}
