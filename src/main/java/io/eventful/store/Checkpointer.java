package io.eventful.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the write-ahead log into the database file concurrently with the commits, without truncating the log (passive
 * checkpoints, see sqlite.org/wal.html#ckpt). Copies small amounts often: the sync of a commit waits for other disk
 * writes, so a large copy would delay many commits. SQLite restarts the log only if everything was copied when a group
 * begins; under steady load this never happens by itself, so when the log is large, its small rest is copied between two
 * groups.
 */
final class Checkpointer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);

    private static final long PERIOD_MILLIS = 25;

    /** Interval while nothing is committed, in milliseconds. */
    private static final long RESTING_MILLIS = 100;

    /** Reports the length of the log without copying. */
    private static final String LOOK = "PRAGMA wal_checkpoint(NOOP)";

    private static final String COPY = "PRAGMA wal_checkpoint(PASSIVE)";

    /** Pause after a failure, so that a full disk is not filled with warnings. */
    static final long REFUSED_MILLIS = 5_000;

    /** Number of periods without a commit after which even a small rest is copied. */
    private static final int RESTING = 20;

    /** Pages (1 MiB) that are not copied yet before a checkpoint is due under load. */
    private static final int DUE = 256;

    /**
     * The same (8 MiB) where no caller waits for a commit: a page that was written often is copied less often, which costs
     * less altogether, and the few commits that meet a longer copy matter to nobody.
     */
    private static final int DUE_BEHIND = 2_048;

    /** Pages (64 MiB) in the log above which it is restarted. */
    private static final int LARGE = 16 * 1024;

    /** Maximum number of pages (256 KiB) that are copied between two groups. */
    private static final int FEW = 64;

    /** Maximum number of attempts; after that, a writer that is faster than the checkpoints has to wait. */
    private static final int ROUNDS = 8;

    /**
     * The write-ahead log.
     *
     * @param pages number of pages in the log
     * @param copied number of pages that were copied
     */
    private record Log(int pages, int copied) {
        int left() {
            return pages - copied;
        }
    }

    private final String name;
    private final Damage damage;
    private final int due;
    private final Connection connection;
    private final FileChannel file;
    private final Writer writer;
    private final ScheduledThreadPoolExecutor timer;
    private long seen;
    private int quiet;
    private boolean settled;
    /** Whether a checkpoint failed since the last pause; also set on the writer's thread, between two groups. */
    private volatile boolean refused;

    Checkpointer(String name, Sqlite sqlite, Damage damage, Writer writer) throws SQLException {
        this.name = name;
        this.damage = damage;
        this.due = name.equals(JdbcDatabases.MAIN) ? DUE : DUE_BEHIND;
        this.connection = sqlite.checkpointer();
        try {
            this.file = FileChannel.open(sqlite.file(), StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new SQLException("cannot open " + sqlite.file() + ": " + e.getMessage(), e);
        }
        this.writer = writer;
        this.timer = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform()
                        .daemon()
                        .name("store-" + name + "-checkpointer")
                        .factory());
        // The last connection that is closed copies what is left; closing need not wait for the next checkpoint.
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
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

    /** The pause before the next check. Only then it is known whether a checkpoint between two groups failed. */
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
        if (resting || now.left() >= due) now = copy();
        settled = now.left() == 0 && !refused;
        if (now.pages() > LARGE && !refused) startOver();
    }

    /**
     * Restarts the log. The last pages are copied while the writer waits, so there must be few: each concurrent round
     * leaves only the pages that were written meanwhile.
     */
    private void startOver() {
        for (int round = 0; round < ROUNDS && !refused && pragma(LOOK).left() > FEW; round++) copy();
        if (!refused) writer.between(() -> pragma(COPY));
    }

    /**
     * Copies and syncs. SQLite syncs the database file only when everything was copied, which is rare under load; without
     * an own sync, the checkpoint between two groups would take longer and longer.
     */
    private Log copy() {
        Log now = pragma(COPY);
        try {
            file.force(false);
        } catch (IOException e) {
            // The sync is only an optimisation: SQLite makes its own one before it restarts the log.
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
            // Harmless: the log only grows, commits continue, and the next round tries again.
            refused = true;
            if (damage.isShownBy(e)) damage.found(e);
            log.warn("store.checkpoint-failed store={} reason=\"{}\"", name, e.toString());
            return new Log(0, 0);
        }
    }

    /** Must be closed last: closing a file releases all locks of this process on it (fcntl), including SQLite's. */
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
