package io.eventful.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Locks the data folder for one process. */
final class FolderLock implements AutoCloseable {

    private final Path folder;
    private final ProcessLock lock;

    private FolderLock(Path folder, ProcessLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Creates the folder if it is missing (readable only by this user), and locks it.
     *
     * @throws DataFolderException if it is not writable or locked by another process
     */
    static FolderLock take(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            create(folder);
            return new FolderLock(folder, ProcessLock.take(folder.resolve("lock"), holder -> inUse(folder, holder)));
        } catch (IOException e) {
            throw new DataFolderException(
                    "the data folder " + folder + " cannot be written ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "); make it writable for this user, or set eventful.data to another folder",
                    e);
        }
    }

    private static DataFolderException inUse(Path folder, String holder) {
        return new DataFolderException("the data folder " + folder + " is in use by " + holder
                + "; stop that process or set eventful.data to another folder");
    }

    /** Only for this user, because the databases hold what the upstreams' clients write; an existing folder stays as it is. */
    private static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) return;
        if (folder.getParent() != null) Files.createDirectories(folder.getParent());
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(folder, owner);
    }

    DataFolder folder() {
        return new DataFolder(folder);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
