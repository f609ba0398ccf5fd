package io.eventful.routes;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {

    private static final Duration DEBOUNCE = Duration.ofMillis(50);
    private static final RoutesLimits LIMITS =
            new RoutesLimits(10, 1 << 20, 10, DEBOUNCE, Duration.ofMillis(100), Duration.ofSeconds(1), 1 << 16);

    @TempDir
    Path folder;

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFolderInWhichSomethingIsAlwaysWrittenHoldsNothingUp() throws InterruptedException {
        AtomicInteger told = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; !over.get(); i++) {
                write("a.log", "line " + i);
                LockSupport.parkNanos(DEBOUNCE.dividedBy(10).toNanos());
            }
        });
        try (FolderWatch watch = new FolderWatch(folder, LIMITS, told::incrementAndGet)) {
            watch.start();
            write("a.yaml", "[]");
            await().until(() -> told.get() > 0);
        } finally {
            over.set(true);
            writer.join();
        }
    }
}
