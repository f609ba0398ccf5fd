package io.eventful.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A file that is locked by one process and names it. The operating system releases the lock when the process ends, even by
 * a crash.
 */
final class ProcessLock implements AutoCloseable {

    /** Far behind the text, so that another process can read the owner of the lock even where locks are mandatory. */
    private static final long LOCKED_BYTE = 1L << 40;

    private static final int TEXT_LIMIT = 256;

    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks a file, which is created if it is missing.
     *
     * @param refusal gets the words for the holder, such as {@code process 17 (started …)}; its result is thrown when the
     *     file is locked already, also by this process
     * @throws IOException if the file cannot be written or locked
     */
    static ProcessLock take(Path file, Function<String, DataFolderException> refusal) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        // The channel stays open on purpose: closing it would release a lock that this process itself may hold (POSIX).
        if (!locked(channel)) throw refusal.apply(holder(channel));
        write(channel);
        return new ProcessLock(channel);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false; // this process already holds it
        }
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
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
