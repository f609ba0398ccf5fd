package io.eventful.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Locks the SQLite files that are opened, each for one process: the lock of the data folder does not keep away a process
 * whose {@code eventful.store.url} leads into it. A database server refuses a second one by itself.
 *
 * <p>The lock is on a file beside the database: closing the database file would release all locks of this process on it,
 * including SQLite's own ones.
 */
final class StoreLocks implements AutoCloseable {

    /** As many as the system follows before it gives up. */
    private static final int LINKS = 40;

    private final Map<Path, ProcessLock> held = new HashMap<>();

    /** A preparation of a database that locks it first. */
    BiConsumer<String, Dialect> before(BiConsumer<String, Dialect> preparation) {
        return (name, dialect) -> {
            if (dialect instanceof Sqlite sqlite) take(sqlite.file());
            preparation.accept(name, dialect);
        };
    }

    /** Does nothing if this object has the lock already: a database that could not be prepared may be opened again. */
    private synchronized void take(Path configured) {
        try {
            Path file = real(configured);
            if (!held.containsKey(file)) held.put(file, lock(file));
        } catch (IOException e) {
            throw new DataFolderException(
                    "the database " + configured + " cannot be locked ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "); it needs a folder that this user can write: make one, or set eventful.store.url to"
                            + " another file",
                    e);
        }
    }

    private static ProcessLock lock(Path file) throws IOException {
        return ProcessLock.take(
                file.resolveSibling(file.getFileName() + ".lock"),
                holder -> new DataFolderException("the database " + file + " is in use by " + holder
                        + "; only one gateway, and no tool beside it, can use a database: stop that process, or set"
                        + " eventful.store.url to another file"));
    }

    /** The file itself, wherever links to it are, and also if it is still to be created. */
    private static Path real(Path configured) throws IOException {
        Path file = configured;
        for (int links = 0; Files.isSymbolicLink(file) && links < LINKS; links++)
            file = file.resolveSibling(Files.readSymbolicLink(file));
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file : folder.toRealPath().resolve(file.getFileName());
    }

    @Override
    public synchronized void close() {
        try {
            for (ProcessLock lock : held.values()) lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            held.clear();
        }
    }
}
