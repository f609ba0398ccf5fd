package io.eventful.capture;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How busy the processors are that this process may use. Many calls that wait for a slow system leave them idle, and
 * then there is nothing to give way to.
 */
final class Processors {

    private static final double BUSY = 0.8;
    /** How long an answer holds: asking the operating system costs some 0.1 ms. */
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final @Nullable OperatingSystemMXBean system =
            ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean known ? known : null;
    private long asked = System.nanoTime() - PERIOD_NANOS;
    private boolean busy = true;

    /** Where nobody knows, they are. */
    synchronized boolean areBusy() {
        if (system == null) return true;
        long now = System.nanoTime();
        if (now - asked < PERIOD_NANOS) return busy;
        asked = now;
        double load = system.getCpuLoad();
        busy = !(load >= 0) || load > BUSY;
        return busy;
    }
}
