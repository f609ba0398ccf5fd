package io.eventful.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the write-ahead log into the database file, beside the commits and never truncating the log (passive, see
 * sqlite.org/wal.html#ckpt). The log starts over only when nothing in it is left to copy at the moment a group begins;
 * under steady load that moment never comes by itself, so once the log is large the small rest is copied between two
 * groups.
 */
final class Checkpointer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);

    private static final long PERIOD_MILLIS = 500;

    /** Says how long the log is, and copies nothing. */
    private static final String LOOK = "PRAGMA wal_checkpoint(NOOP)";

    private static final String COPY = "PRAGMA wal_checkpoint(PASSIVE)";

    /** Pages (16 MiB) that may wait while commits go on: copying seldom means copying a page once that changed often. */
    private static final int DUE = 4 * 1024;

    /** Pages in the log (64 MiB) beyond which it is made to start over. */
    private static final int LARGE = 16 * 1024;

    /** Pages (1 MiB) that may be left to be copied between two groups. */
    private static final int FEW = 256;

    /** How often that is tried; a writer that is faster than the copying must wait for it in the end. */
    private static final int ROUNDS = 8;

    /**
     * The write-ahead log.
     *
     * @param pages in it
     * @param copied of them
     */
    private record Log(int pages, int copied) {
        int left() {
            return pages - copied;
        }
    }

    private final String name;
    private final Connection connection;
    private final Writer writer;
    private final ScheduledExecutorService timer;
    private long seen;
    private boolean settled;

    Checkpointer(String name, Sqlite sqlite, Writer writer) throws SQLException {
        this.name = name;
        this.connection = sqlite.checkpointer();
        this.writer = writer;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> Thread.ofPlatform()
                .daemon()
                .name("store-" + name + "-checkpointer")
                .unstarted(task));
    }

    void start() {
        timer.scheduleWithFixedDelay(this::beside, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void beside() {
        long commits = writer.commits();
        boolean resting = commits == seen;
        if (resting && settled) return;
        seen = commits;
        Log now = pragma(LOOK);
        if (resting || now.left() >= DUE) now = pragma(COPY);
        settled = now.left() == 0;
        if (now.pages() > LARGE) startOver();
    }

    /**
     * While the last pages are copied nobody can write, so there must be few: each round beside the commits leaves only
     * what was written in it.
     */
    private void startOver() {
        for (int round = 0; round < ROUNDS && pragma(LOOK).left() > FEW; round++) pragma(COPY);
        writer.between(() -> pragma(COPY));
    }

    private synchronized Log pragma(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? new Log(rows.getInt(2), rows.getInt(3)) : new Log(0, 0);
        } catch (SQLException e) {
            // The log only grows; commits go on, and the next round tries again.
            log.warn("event=store.checkpoint-failed store={} error=\"{}\"", name, e.toString());
            return new Log(0, 0);
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(10, TimeUnit.SECONDS)) log.warn("event=store.checkpoint-slow store={}", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            try {
                connection.close();
            } catch (SQLException e) {
                log.debug("event=store.close-failed store={} error=\"{}\"", name, e.toString());
            }
        }
    }
}
