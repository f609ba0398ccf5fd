package io.eventful.cli;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/**
 * Handles SIGTERM, SIGINT and SIGHUP as a request to shut down in order, with exit code 0. A second signal ends the process
 * immediately. Under {@code nohup}, SIGHUP stays ignored.
 */
final class ShutdownSignal {

    private static final int IMPATIENT = 130;
    private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

    private final CountDownLatch asked = new CountDownLatch(1);

    private ShutdownSignal() {}

    /** Installs the handlers; a signal before the wait is not lost. */
    static ShutdownSignal install() {
        ShutdownSignal end = new ShutdownSignal();
        for (String name : SIGNALS) Signal.handle(new Signal(name), signal -> end.ask());
        return end;
    }

    private void ask() {
        if (asked.getCount() == 0) Runtime.getRuntime().halt(IMPATIENT);
        asked.countDown();
    }

    /** Whether the end was asked for. */
    boolean asked() {
        return asked.getCount() == 0;
    }

    void await() throws InterruptedException {
        asked.await();
    }
}
