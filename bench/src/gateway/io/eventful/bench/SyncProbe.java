package io.eventful.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** What one sync costs on this disk: 4 KB written and synced, alone, into blocks that are allocated already. */
record SyncProbe(Path folder) {

    private static final int PAGE = 4096;
    private static final int PAGES = 1024;

    Times run(int seconds) throws IOException {
        Path file = folder.resolve("sync.probe");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int page = 0; page < PAGES; page++) write(channel, page);
            channel.force(true);
            long[] times = new long[seconds * 50_000];
            int taken = 0;
            long end = System.nanoTime() + Math.min(seconds, 5) * 1_000_000_000L;
            while (System.nanoTime() < end && taken < times.length) {
                long start = System.nanoTime();
                write(channel, taken % PAGES);
                channel.force(false);
                times[taken++] = System.nanoTime() - start;
            }
            return Times.of(Arrays.copyOf(times, taken));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void write(FileChannel channel, int page) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(PAGE);
        for (long at = (long) page * PAGE; buffer.hasRemaining(); ) at += channel.write(buffer, at);
    }
}
