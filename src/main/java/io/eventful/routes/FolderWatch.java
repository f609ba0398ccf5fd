package io.eventful.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a folder and reports when route files were changed and the folder has been quiet for the debounce time, once for
 * several files saved together. Also polls, because not every file system reports changes.
 */
final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private static final int PATIENCE = 10;

    /** Metadata of a file, by which changes are detected. */
    private record Sight(
            long size, FileTime modified, @Nullable Object key) {}

    private static final Sight MISSING = new Sight(0, FileTime.fromMillis(0), null);

    private final Path folder;
    private final RoutesLimits limits;
    private final Runnable changed;
    private final WatchService service;
    private final Thread thread;
    private @Nullable WatchKey key;

    FolderWatch(Path folder, RoutesLimits limits, Runnable changed) {
        this.folder = folder;
        this.limits = limits;
        this.changed = changed;
        try {
            this.service = folder.getFileSystem().newWatchService();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.thread = Thread.ofVirtual().name("routes-watch").unstarted(this::watch);
    }

    void start() {
        thread.start();
    }

    private void watch() {
        try {
            // Files saved between the first load and this scan are detected by their content.
            Map<Path, Sight> seen = Map.of();
            while (true) {
                Map<Path, Sight> now = look();
                if (!now.equals(seen)) {
                    seen = settled(now);
                    tell();
                }
                signalled(limits.poll());
            }
        } catch (ClosedWatchServiceException | InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until the folder did not change during a whole debounce time, or, if it is written all the time, for
     * {@value #PATIENCE} debounce times. Returns the state of the folder.
     */
    private Map<Path, Sight> settled(Map<Path, Sight> changed) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE * limits.debounce().toNanos();
        Map<Path, Sight> now = changed;
        Map<Path, Sight> seen;
        do {
            seen = now;
            while (signalled(limits.debounce()) && System.nanoTime() < deadline) seen = look();
            now = look();
        } while (!now.equals(seen) && System.nanoTime() < deadline);
        return seen;
    }

    /** Calls the listener; an exception must not end the watch. */
    private void tell() {
        try {
            changed.run();
        } catch (RuntimeException | Error e) {
            LOG.error("routes.change-not-taken-over remedy=\"save a route file to retry\"", e);
        }
    }

    /** Waits for a file system event; false after the given time. */
    private boolean signalled(Duration time) throws InterruptedException {
        register();
        WatchKey sign = service.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        if (sign == null) return false;
        sign.pollEvents();
        sign.reset();
        return true;
    }

    private void register() {
        WatchKey present = key;
        if (present != null && present.isValid()) return;
        try {
            key = folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            LOG.debug("routes.folder-not-watched pollMillis={}", limits.poll().toMillis());
        }
    }

    private Map<Path, Sight> look() {
        // A folder that is missing differs from one without files.
        if (!Files.isDirectory(folder)) return Map.of(folder, MISSING);
        Map<Path, Sight> sights = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path path : (Iterable<Path>) entries.filter(RouteFolder::isRouteFile)::iterator) {
                BasicFileAttributes attributes = Files.exists(path)
                        ? Files.readAttributes(path, BasicFileAttributes.class)
                        : Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                sights.put(path, new Sight(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()));
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("routes.folder-changed-meanwhile", e);
        }
        return sights;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            service.close();
        } catch (IOException e) {
            LOG.debug("routes.watch-not-closed", e);
        }
    }
}
