package io.eventful.routetest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Waits until one of some files, or of the files in some folders, is another than before. */
public final class FileWatch {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final List<Path> paths;
    private Map<Path, FileTime> known;

    public FileWatch(List<Path> paths) {
        this.paths = List.copyOf(paths);
        this.known = look(this.paths);
    }

    /** Returns true when something was changed, made or deleted; false when the thread is interrupted. */
    public boolean await() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_NANOS);
            Map<Path, FileTime> now = look(paths);
            if (now.equals(known)) continue;
            known = now;
            return true;
        }
        return false;
    }

    private static Map<Path, FileTime> look(List<Path> paths) {
        Map<Path, FileTime> times = new HashMap<>();
        for (Path path : paths) {
            // A route file lies beside its test.
            Path root = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
            if (root == null) continue;
            try (Stream<Path> all = Files.walk(root)) {
                for (Path each :
                        all.filter(file -> file.toString().endsWith(".yaml")).toList())
                    times.put(each, Files.getLastModifiedTime(each));
            } catch (IOException | UncheckedIOException gone) {
                // A file went while it was looked at: the next look sees the folder without it.
            }
        }
        return times;
    }
}
