package io.eventful.routetest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Waits until one of some files, or of the YAML files in some folders, is another than before. */
public final class FileWatch {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final List<Path> paths;
    private final Set<Path> others = new LinkedHashSet<>();
    private Map<Path, FileTime> known;

    /** @param paths folders with what is below them, and files with those beside them, such as the route of a test */
    public FileWatch(List<Path> paths) {
        this.paths = paths.stream().map(FileWatch::whole).toList();
        this.known = look();
    }

    /** Watches what was read, too, wherever it is. */
    public void also(TestFiles read) {
        Map<Path, FileTime> times = new HashMap<>();
        for (TestFile file : read.files()) {
            look(whole(file.path()), times);
            file.routes().forEach(route -> look(whole(route), times));
        }
        others.addAll(times.keySet());
        // What was watched before may have changed meanwhile.
        times.forEach(known::putIfAbsent);
    }

    /** Returns true when something was changed, made or deleted; false when the thread is interrupted. */
    public boolean await() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (isChanged()) return true;
        }
        return false;
    }

    /** Whether something is another than when this was asked before. */
    boolean isChanged() {
        Map<Path, FileTime> now = look();
        boolean changed = !now.equals(known);
        known = now;
        return changed;
    }

    private Map<Path, FileTime> look() {
        Map<Path, FileTime> times = new HashMap<>();
        for (Path path : paths) {
            boolean folder = Files.isDirectory(path);
            Path root = folder ? path : path.getParent();
            if (root == null) continue;
            try (Stream<Path> all = folder ? Files.walk(root) : Files.list(root)) {
                all.filter(FileWatch::isYaml).forEach(each -> look(each, times));
            } catch (IOException | UncheckedIOException gone) {
                // A folder went while it was looked at: the next look is without it.
            }
        }
        for (Path path : others) look(path, times);
        return times;
    }

    private static void look(Path file, Map<Path, FileTime> times) {
        try {
            times.put(file, Files.getLastModifiedTime(file));
        } catch (IOException gone) {
            // As if it had not been found.
        }
    }

    private static boolean isYaml(Path file) {
        return file.toString().endsWith(".yaml") || file.toString().endsWith(".yml");
    }

    private static Path whole(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
