package io.eventful.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The databases of a data folder whose gateway is stopped, for tools that check or copy them. */
public final class OfflineStores implements AutoCloseable {

    private final FolderLock lock;
    private final StoreLocks files = new StoreLocks();
    private final JdbcDatabases databases;

    private OfflineStores(FolderLock lock, StoreSettings settings) {
        this.lock = lock;
        this.databases =
                new JdbcDatabases(settings, lock.folder(), files.before(Migrations::run), (name, database) -> {});
    }

    /**
     * Locks the folder for this process.
     *
     * @throws DataFolderException if another process uses it
     */
    public static OfflineStores take(Path data, StoreSettings settings) {
        return new OfflineStores(FolderLock.take(data), settings);
    }

    /** The databases, each locked when it is opened; closed with this object. */
    public Databases databases() {
        return databases;
    }

    @Override
    public void close() {
        databases.close();
        files.close();
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
