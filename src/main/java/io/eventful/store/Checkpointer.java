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

    /** Pages in the log (64 MiB) beyond which it is made to start over. */
    private static final int LARGE = 16 * 1024;

    private final String name;
    private final Connection connection;
    private final Writer writer;
    private final ScheduledExecutorService timer;
    private long seen;

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
        if (commits == seen) return;
        seen = commits;
        if (copy() > LARGE) writer.between(this::copy);
    }

    /** Pages in the log. */
    private synchronized int copy() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
            return rows.next() ? rows.getInt(2) : 0;
        } catch (SQLException e) {
            // The log only grows; commits go on, and the next round tries again.
            log.warn("event=store.checkpoint-failed store={} error=\"{}\"", name, e.toString());
            return 0;
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
