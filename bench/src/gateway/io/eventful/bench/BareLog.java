package io.eventful.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The least that a durable append can cost on this machine: one thread writes what waits behind the last record of a
 * file whose blocks are allocated, and syncs once for all of it. No statement, no index, nothing copied beside it.
 */
final class BareLog implements AutoCloseable {

    /** Bytes of a record: about what the ledger keeps of a new item of 1 KB. */
    private static final int RECORD = 2048;

    private static final int LENGTH = 64 << 20;
    private static final int GROUP = 256;

    private final Path file;
    private final FileChannel channel;
    private final LinkedBlockingQueue<CompletableFuture<Void>> waiting = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> last = new CompletableFuture<>();
    private final ByteBuffer records = ByteBuffer.allocateDirect(GROUP * RECORD);
    private final Thread writer = new Thread(this::loop, "bare-log");
    private long end;

    BareLog(Path folder) throws IOException {
        file = folder.resolve("bare.log");
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        for (long at = 0; at < LENGTH; ) at += channel.write(records.clear(), at);
        channel.force(true);
        writer.start();
    }

    /** Completes when the record is on disk. */
    CompletableFuture<Void> append() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        waiting.add(done);
        return done;
    }

    private void loop() {
        List<CompletableFuture<Void>> group = new ArrayList<>(GROUP);
        try {
            while (!group.contains(last)) {
                group.clear();
                group.add(waiting.take());
                waiting.drainTo(group, GROUP - 1);
                write(group.size() * RECORD);
                for (CompletableFuture<Void> done : group) done.complete(null);
            }
        } catch (IOException | InterruptedException e) {
            for (CompletableFuture<Void> done : group) done.completeExceptionally(e);
        }
    }

    private void write(int bytes) throws IOException {
        if (end + bytes > LENGTH) end = 0;
        records.clear().limit(bytes);
        while (records.hasRemaining()) end += channel.write(records, end);
        channel.force(false);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        waiting.add(last);
        writer.join();
        channel.close();
        Files.deleteIfExists(file);
    }
}
