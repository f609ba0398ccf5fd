package io.eventful.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The databases of a data folder whose gateway is stopped, for tools that check or copy them. */
public final class OfflineStores implements AutoCloseable {

    private final FolderLock lock;
    private final JdbcDatabases databases;

    private OfflineStores(FolderLock lock, JdbcDatabases databases) {
        this.lock = lock;
        this.databases = databases;
    }

    /**
     * Locks the folder for this process.
     *
     * @throws DataFolderException if another process uses it
     */
    public static OfflineStores take(Path data, StoreSettings settings) {
        FolderLock lock = FolderLock.take(data);
        return new OfflineStores(lock, new JdbcDatabases(settings, lock.folder()));
    }

    /** The databases; closed with this object. */
    public Databases databases() {
        return databases;
    }

    @Override
    public void close() {
        databases.close();
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
