package io.eventful.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import sun.misc.Signal;

/**
 * Handles SIGTERM, SIGINT and SIGHUP as a request to shut down in order, with exit code 0. Another signal, a second or
 * more after it, ends the process immediately. Under {@code nohup}, SIGHUP stays ignored.
 */
final class ShutdownSignal {

    private static final int IMPATIENT = 130;

    /** Signals in so short a time are one request: timeout(1) signals its command, and then once more the whole group. */
    private static final Duration ONE_REQUEST = Duration.ofSeconds(1);

    private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

    private final CountDownLatch asked = new CountDownLatch(1);
    /** When the end was first asked for. Guarded by this. */
    private long first;

    private final LongSupplier nanos;
    private final IntConsumer halt;

    /**
     * @param nanos as {@link System#nanoTime()}
     * @param halt ends the process with an exit code
     */
    ShutdownSignal(LongSupplier nanos, IntConsumer halt) {
        this.nanos = nanos;
        this.halt = halt;
    }

    /** Installs the handlers; a signal before the wait is not lost. */
    static ShutdownSignal install() {
        ShutdownSignal end = new ShutdownSignal(System::nanoTime, Runtime.getRuntime()::halt);
        for (String name : SIGNALS) Signal.handle(new Signal(name), signal -> end.ask());
        return end;
    }

    /** Each signal is handled on a thread of its own. */
    synchronized void ask() {
        long now = nanos.getAsLong();
        if (!asked()) first = now;
        else if (now - first >= ONE_REQUEST.toNanos()) halt.accept(IMPATIENT);
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
