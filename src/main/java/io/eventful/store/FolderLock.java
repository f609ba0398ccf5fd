package io.eventful.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Locks the data folder for one process. The operating system releases the lock when the process ends, even by a crash.
 */
final class FolderLock implements AutoCloseable {

    /** Far behind the text, so that another process can read the owner of the lock even where locks are mandatory. */
    private static final long LOCKED_BYTE = 1L << 40;

    private static final int TEXT_LIMIT = 256;

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
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
            FileChannel channel = FileChannel.open(
                    folder.resolve("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (!locked(channel)) throw heldByAnother(folder, channel);
            write(channel);
            return new FolderLock(folder, channel);
        } catch (IOException e) {
            throw new DataFolderException(
                    "the data folder " + folder + " cannot be written ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "); make it writable for this user, or set eventful.data to another folder",
                    e);
        }
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

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false; // this process already holds it
        }
    }

    /** Leaves the channel open on purpose: closing it would release a lock that this process itself may hold (POSIX). */
    private static DataFolderException heldByAnother(Path folder, FileChannel channel) throws IOException {
        return new DataFolderException("the data folder " + folder + " is in use by " + holder(channel)
                + "; stop that process or set eventful.data to another folder");
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(TEXT_LIMIT);
        channel.read(bytes, 0);
        @Nullable String pid = null;
        @Nullable String started = null;
        for (String line : UTF_8.decode(bytes.flip()).toString().split("\n", -1)) {
            if (line.startsWith("pid=")) pid = line.substring(4);
            if (line.startsWith("started=")) started = line.substring(8);
        }
        if (pid == null) return "another process";
        return "process " + pid + (started == null ? "" : " (started " + started + ")");
    }

    private static void write(FileChannel channel) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        String text = "pid=" + self.pid() + "\n"
                + self.info()
                        .startInstant()
                        .map(start -> "started=" + start + "\n")
                        .orElse("");
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)), 0);
        channel.force(true);
    }

    DataFolder folder() {
        return new DataFolder(folder);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
