package io.eventful.edge;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Listens to Vert.x's blocked-thread checker. On a busy machine a loop may be late through no fault of its own: what
 * counts is one that waits, sleeps or does file or database work, or computes for very long.
 */
final class LoopWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final long VERY_LONG_MILLIS = 2_000;
    private static final List<String> WAITS = List.of(
            "jdk.internal.misc.Unsafe.park",
            "java.lang.Object.wait",
            "java.lang.Thread.sleep",
            "sun.nio.ch.FileDispatcherImpl",
            "sun.nio.ch.UnixFileDispatcherImpl",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.RandomAccessFile",
            "sun.nio.ch.Net.poll",
            "java.net.InetAddress",
            "org.sqlite",
            "java.sql");

    private final Logger checker = (Logger) LoggerFactory.getLogger("io.vertx.core.impl.BlockedThreadChecker");
    private final Queue<String> blocked = new ConcurrentLinkedQueue<>();

    static LoopWatch begin() {
        LoopWatch watch = new LoopWatch();
        watch.start();
        watch.checker.addAppender(watch);
        return watch;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        List<String> stack = event.getThrowableProxy() == null
                ? List.of()
                : Stream.of(event.getThrowableProxy().getStackTraceElementProxyArray())
                        .map(StackTraceElementProxy::getSTEAsString)
                        .toList();
        boolean waits =
                stack.stream().limit(12).anyMatch(frame -> WAITS.stream().anyMatch(frame::contains));
        if (waits || millis(message) > VERY_LONG_MILLIS) blocked.add(message + "\n" + String.join("\n", stack));
    }

    /** As in "has been blocked for 57 ms, time limit is 50 ms". */
    private static long millis(String message) {
        String digits = message.replaceAll("(?s).*blocked for (\\d+) ms.*", "$1");
        return digits.matches("\\d+") ? Long.parseLong(digits) : 0;
    }

    /** What blocked a loop, with its stack. */
    List<String> blocked() {
        return List.copyOf(blocked);
    }

    @Override
    public void close() {
        checker.detachAppender(this);
        stop();
    }
}
