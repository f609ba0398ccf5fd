package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final int MOST = 3 * WindowSize.LEAST + 8;

    private final AtomicLong nanos = new AtomicLong();
    private final Window window = new Window(MOST, 1000, nanos::get);

    private int enter(int size) {
        int entered = 0;
        while (window.enter(size, 0)) entered++;
        return entered;
    }

    @Test
    void noMoreAreWorkedOnThanTheFirstSize() {
        assertThat(enter(0)).isEqualTo(WindowSize.LEAST);
        window.leave(0);
        assertThat(enter(0)).isEqualTo(1);
    }

    @Test
    void whatIsSetAsideMakesRoomUntilAllThatMayBeUnderWayIs() {
        int entered = enter(0);
        for (int i = 0; i < entered; i++) window.setAside();
        assertThat(enter(0)).isEqualTo(WindowSize.LEAST);
        for (int i = 0; i < WindowSize.LEAST; i++) window.setAside();
        assertThat(enter(0)).isEqualTo(WindowSize.LEAST);
        for (int i = 0; i < WindowSize.LEAST; i++) window.setAside();
        assertThat(enter(0)).isEqualTo(8);
    }

    @Test
    void whatIsTakenUpAgainHasItsPlace() {
        enter(0);
        window.setAside();
        assertThat(enter(0)).isEqualTo(1);
        window.takeUp();
        window.leave(0);
        assertThat(enter(0)).isZero();
        window.leave(0);
        assertThat(enter(0)).isEqualTo(1);
    }

    @Test
    void whereNothingEndsForASecondMoreMayBegin() {
        assertThat(enter(0)).isEqualTo(WindowSize.LEAST);
        nanos.addAndGet(999_999_999);
        assertThat(enter(0)).isZero();
        nanos.addAndGet(1);
        assertThat(enter(0)).isEqualTo(MOST - WindowSize.LEAST);
    }

    @Test
    void whereHalfOfThemEndWithinASecondNoMoreMayBegin() {
        enter(0);
        nanos.addAndGet(600_000_000);
        for (int i = 0; i < WindowSize.LEAST / 2; i++) {
            window.leave(0);
            assertThat(enter(0)).isEqualTo(1);
        }
        nanos.addAndGet(999_999_999);
        assertThat(enter(0)).isZero();
    }

    @Test
    void whoWaitsEntersWhenTimeHasMadeRoom() throws Exception {
        Window real = new Window(MOST, 1000, System::nanoTime);
        for (int i = 0; i < WindowSize.LEAST; i++) assertThat(real.enter(0)).isTrue();
        assertThat(CompletableFuture.supplyAsync(() -> real.enter(0)).get(30, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void bytesAreBounded() {
        assertThat(enter(300)).isEqualTo(3);
        window.leave(300);
        assertThat(enter(300)).isEqualTo(1);
    }

    @Test
    void oneAlwaysFits() {
        assertThat(enter(5000)).isEqualTo(1);
    }

    @Test
    void nothingEntersAClosedOne() {
        window.close();
        assertThat(window.enter(1, 0)).isFalse();
        assertThat(window.enter(1)).isFalse();
    }
}
