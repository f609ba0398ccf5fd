package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Sizes against a simulated consumer: messages take their time, and the machine does so many a second at most. */
class WindowSizeTest {

    private static final int MOST = 1024;
    private static final double SECOND = 1e9;

    private double nanos = 7e15;
    private final WindowSize size = new WindowSize(MOST, () -> (long) nanos);
    private double done;
    /** The sum of the sizes at each end. */
    private double sizes;

    /** @param share of the places that are taken */
    private void run(double seconds, double each, double machine, double share) {
        done = 0;
        sizes = 0;
        for (double end = nanos + seconds * SECOND; nanos < end; ) {
            int at = (int) Math.max(1, size.now() * share);
            if (share == 1) size.refused();
            nanos += SECOND / Math.min(at / each, machine);
            size.ended(at);
            done++;
            sizes += size.now();
        }
    }

    @Example
    void whereTheMachineIsTheLimitFewAreWorkedOn() {
        run(600, 0.001, 2000, 1);
        assertThat(sizes / done).isBetween(1.0 * WindowSize.LEAST, 1.25 * WindowSize.LEAST);
    }

    @Example
    void whereAServerIsSlowAsManyAsMayAreWorkedOn() {
        run(10, 1, 1e6, 1);
        assertThat(size.now()).isEqualTo(MOST);
        run(600, 1, 1e6, 1);
        assertThat(done / 600).isGreaterThan(0.95 * MOST);
    }

    @Example
    void whatTakesHalfAMinuteIsWaitedForAsWell() {
        run(600, 30, 1e6, 1);
        assertThat(size.now()).isEqualTo(MOST);
    }

    @Example
    void aServerThatIsQuickAgainIsNoticed() {
        run(60, 1, 1e6, 1);
        run(120, 0.001, 2000, 1);
        run(600, 0.001, 2000, 1);
        assertThat(sizes / done).isLessThan(1.25 * WindowSize.LEAST);
    }

    @Example
    void aServerThatBecomesSlowIsNoticed() {
        run(600, 0.001, 2000, 1);
        run(30, 1, 1e6, 1);
        assertThat(size.now()).isEqualTo(MOST);
    }

    @Example
    void pausesBetweenBurstsAreNotMeasured() {
        Random random = new Random(7);
        double bursts = 0;
        for (int burst = 0; burst < 500; burst++) {
            run(0.05 + random.nextDouble(), 0.001, 2000, 1);
            for (int left = size.now() - 1; left > 0; left--) size.ended(left);
            bursts += sizes / done;
            nanos += 7 * SECOND;
        }
        assertThat(bursts / 500).isLessThan(1.5 * WindowSize.LEAST);
    }

    @Example
    void whilePlacesAreFreeNothingIsTried() {
        run(600, 1, 1e6, 0.5);
        assertThat(size.now()).isEqualTo(WindowSize.LEAST);
    }

    @Example
    void lessThanTheLeastIsAllThatMayBe() {
        WindowSize few = new WindowSize(8, () -> (long) nanos);
        for (int i = 0; i < 10_000; i++) {
            few.refused();
            nanos += SECOND;
            few.ended(8);
            assertThat(few.now()).isEqualTo(8);
        }
    }

    @Property(tries = 200)
    void fourFifthsOfWhatCanBeDoneAreDone(
            @ForAll @IntRange(min = 1, max = 2_000) int millis, @ForAll @IntRange(min = 20, max = 5_000) int machine) {
        WindowSizeTest fresh = new WindowSizeTest();
        double each = millis / 1e3;
        fresh.run(60, each, machine, 1);
        fresh.run(600, each, machine, 1);
        assertThat(fresh.done / 600).isGreaterThan(0.78 * Math.min(MOST / each, machine));
        assertThat(fresh.size.now()).isBetween(WindowSize.LEAST, MOST);
    }
}
