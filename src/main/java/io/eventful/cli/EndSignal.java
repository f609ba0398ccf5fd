package io.eventful.cli;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/**
 * SIGTERM, SIGINT and SIGHUP (the terminal is gone) ask for an end instead of making one, so that what runs is drained and
 * the exit status is 0. A second one does not wait any longer. Under {@code nohup} the JVM leaves SIGHUP ignored.
 */
final class EndSignal {

    private static final int IMPATIENT = 130;
    private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

    private final CountDownLatch asked = new CountDownLatch(1);

    private EndSignal() {}

    /** From now on signals are heard; one that comes before somebody waits for it is not lost. */
    static EndSignal install() {
        EndSignal end = new EndSignal();
        for (String name : SIGNALS) Signal.handle(new Signal(name), signal -> end.ask());
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
