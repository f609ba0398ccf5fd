package io.eventful.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the write-ahead log into the database file, beside the commits and never truncating the log (passive, see
 * sqlite.org/wal.html#ckpt). Little and often: a commit's sync waits behind whatever else the disk is given, so a large
 * copy now and then would hold up many of them. The log starts over only when nothing in it is left to copy at the
 * moment a group begins; under steady load that moment never comes by itself, so once the log is large the small rest
 * is copied between two groups.
 */
final class Checkpointer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);

    private static final long PERIOD_MILLIS = 25;

    /** While nothing is committed, it wakes nobody that often. */
    private static final long RESTING_MILLIS = 100;

    /** Says how long the log is, and copies nothing. */
    private static final String LOOK = "PRAGMA wal_checkpoint(NOOP)";

    private static final String COPY = "PRAGMA wal_checkpoint(PASSIVE)";

    /** After a failure: a disk that is full must not be filled with warnings as well. */
    static final long REFUSED_MILLIS = 5_000;

    /** Periods without a commit after which the little that waits is copied too. */
    private static final int RESTING = 20;

    /** Pages (1 MiB) that may wait while commits go on. */
    private static final int DUE = 256;

    /** Pages in the log (64 MiB) beyond which it is made to start over. */
    private static final int LARGE = 16 * 1024;

    /** Pages (256 KiB) that may be left to be copied between two groups. */
    private static final int FEW = 64;

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
    private final FileChannel file;
    private final Writer writer;
    private final ScheduledExecutorService timer;
    private long seen;
    private int quiet;
    private boolean settled;
    /** Whether something was refused that no pause has answered yet; also set between two groups, on the writer's thread. */
    private volatile boolean refused;

    Checkpointer(String name, Sqlite sqlite, Writer writer) throws SQLException {
        this.name = name;
        this.connection = sqlite.checkpointer();
        try {
            this.file = FileChannel.open(sqlite.file(), StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new SQLException("cannot open " + sqlite.file() + ": " + e.getMessage(), e);
        }
        this.writer = writer;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> Thread.ofPlatform()
                .daemon()
                .name("store-" + name + "-checkpointer")
                .unstarted(task));
    }

    void start() {
        plan(PERIOD_MILLIS);
    }

    private void plan(long millis) {
        try {
            timer.schedule(this::beside, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            log.debug("store.checkpoint-ended store={}", name);
        }
    }

    private void beside() {
        try {
            if (!refused) look();
        } finally {
            plan(pause());
        }
    }

    /** The pause before the next look. Whether anything was refused between two groups is known only then. */
    private long pause() {
        if (!refused) return settled && quiet > 0 ? RESTING_MILLIS : PERIOD_MILLIS;
        refused = false;
        return REFUSED_MILLIS;
    }

    private void look() {
        long commits = writer.commits();
        quiet = commits == seen ? quiet + 1 : 0;
        boolean resting = quiet >= RESTING;
        if (quiet > 0 && settled) return;
        seen = commits;
        Log now = pragma(LOOK);
        if (resting || now.left() >= DUE) now = copy();
        settled = now.left() == 0 && !refused;
        if (now.pages() > LARGE && !refused) startOver();
    }

    /**
     * While the last pages are copied nobody can write, so there must be few: each round beside the commits leaves only
     * what was written in it.
     */
    private void startOver() {
        for (int round = 0; round < ROUNDS && !refused && pragma(LOOK).left() > FEW; round++) copy();
        if (!refused) writer.between(() -> pragma(COPY));
    }

    /**
     * SQLite syncs the database file when nothing is left to copy, which beside the commits is seldom so: without a sync
     * of its own, each copy would leave more for the one between two groups.
     */
    private Log copy() {
        Log now = pragma(COPY);
        try {
            file.force(false);
        } catch (IOException e) {
            // Nothing is believed to be synced: SQLite learns of it by its own sync, before the log starts over.
            refused = true;
            log.warn("store.sync-failed store={} reason=\"{}\"", name, e.toString());
        }
        return now;
    }

    private synchronized Log pragma(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? new Log(rows.getInt(2), rows.getInt(3)) : new Log(0, 0);
        } catch (SQLException e) {
            // The log only grows; commits go on, and the next round tries again.
            refused = true;
            log.warn("store.checkpoint-failed store={} reason=\"{}\"", name, e.toString());
            return new Log(0, 0);
        }
    }

    /** To be closed last: closing a file ends all locks that this process has on it (fcntl), SQLite's as well. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(10, TimeUnit.SECONDS)) log.warn("store.checkpoint-slow store={}", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            try {
                connection.close();
                file.close();
            } catch (SQLException | IOException e) {
                log.debug("store.close-failed store={} reason=\"{}\"", name, e.toString());
            }
        }
    }
}
