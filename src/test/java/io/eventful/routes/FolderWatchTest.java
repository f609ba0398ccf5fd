package io.eventful.routes;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    /** As Kubernetes exchanges a mounted ConfigMap: the names stay, the folder that they lead to is another one. */
    @Test
    void filesThatAreLinksAreTakenOverWhenTheyLeadElsewhere() throws IOException {
        Path before = Files.createDirectory(folder.resolve("..2026_1"));
        Path after = Files.createDirectory(folder.resolve("..2026_2"));
        Files.writeString(before.resolve("a.yaml"), "[]");
        Files.writeString(after.resolve("a.yaml"), "[]");
        Path data = Files.createSymbolicLink(folder.resolve("..data"), before.getFileName());
        Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of("..data/a.yaml"));
        AtomicInteger told = new AtomicInteger();
        try (FolderWatch watch = new FolderWatch(folder, LIMITS, told::incrementAndGet)) {
            watch.start();
            await().until(() -> told.get() == 1);
            Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), after.getFileName());
            Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
            await().until(() -> told.get() == 2);
        }
    }

    /** What was said of the folder when it was not there is not true any more. */
    @Test
    void aFolderThatIsThereAgainIsToldThoughItHasNoFiles() throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("a.yaml"), "[]");
        AtomicInteger told = new AtomicInteger();
        try (FolderWatch watch = new FolderWatch(routes, LIMITS, told::incrementAndGet)) {
            watch.start();
            await().until(() -> told.get() == 1);
            Files.move(routes, folder.resolve("former"));
            await().until(() -> told.get() == 2);
            Files.createDirectory(routes);
            await().until(() -> told.get() == 3);
        }
    }
}
