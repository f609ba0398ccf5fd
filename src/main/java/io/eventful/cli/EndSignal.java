package io.eventful.cli;

import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/**
 * SIGTERM and SIGINT ask for an end instead of making one, so that what runs is drained and the exit status is 0. A second
 * one does not wait any longer.
 */
final class EndSignal {

    private static final int IMPATIENT = 130;

    private final CountDownLatch asked = new CountDownLatch(1);

    private EndSignal() {}

    /** From now on signals are heard; one that comes before somebody waits for it is not lost. */
    static EndSignal install() {
        EndSignal end = new EndSignal();
        Signal.handle(new Signal("TERM"), signal -> end.ask());
        Signal.handle(new Signal("INT"), signal -> end.ask());
        return end;
    }

    private void ask() {
        if (asked.getCount() == 0) Runtime.getRuntime().halt(IMPATIENT);
        asked.countDown();
    }

    void await() throws InterruptedException {
        asked.await();
    }
}
