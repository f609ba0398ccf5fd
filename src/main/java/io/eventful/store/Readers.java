package io.eventful.store;

import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A small pool of read-only connections. */
final class Readers implements AutoCloseable {

    /** Maximum wait for a connection, in seconds. */
    private static final long WAIT_SECONDS = 10;

    private final String name;
    private final Dialect dialect;
    private final int limit;
    private final Semaphore permits;
    private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Readers(String name, Dialect dialect, int limit) {
        this.name = name;
        this.dialect = dialect;
        this.limit = limit;
        this.permits = new Semaphore(limit, true);
    }

    <T extends @Nullable Object> T read(Database.Unit<T> unit) {
        acquire();
        try {
            return attempt(unit);
        } catch (SQLException e) {
            if (dialect.fault(e) == Dialect.Fault.UNIT)
                throw new IllegalStateException("a read of store " + name + " is wrong: " + e.getMessage(), e);
            throw new StoreUnavailableException("store " + name + " cannot be read at the moment", e);
        } finally {
            permits.release();
        }
    }

    /** Runs a read. A connection that was lost while idle fails only when it is used; then the next one is tried, then a new one. */
    private <T extends @Nullable Object> T attempt(Database.Unit<T> unit) throws SQLException {
        while (true) {
            if (closed) throw new StoreUnavailableException("store " + name + " is closed");
            Session used = idle.pollFirst();
            Session session = used == null ? opened() : used;
            boolean whole = false;
            try {
                T result = unit.run(session.guarded());
                session.raw().rollback(); // ends the snapshot
                whole = true;
                return result;
            } catch (SQLException e) {
                if (used == null || dialect.fault(e) != Dialect.Fault.CONNECTION) throw e;
            } finally {
                if (whole) idle.addFirst(session);
                else session.close();
            }
        }
    }

    /** Opens a connection; any failure means that the store is unavailable. */
    private Session opened() {
        try {
            return new Session(dialect.reader());
        } catch (SQLException e) {
            throw new StoreUnavailableException("store " + name + " cannot be opened at the moment", e);
        }
    }

    private void acquire() {
        try {
            if (permits.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting to read store " + name, e);
        }
        throw new StoreUnavailableException("store " + name + " is overloaded: no reader was free in time");
    }

    /** Waits for running reads, then closes the connections. */
    @Override
    public void close() {
        closed = true;
        permits.acquireUninterruptibly(limit);
        for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) session.close();
        permits.release(limit);
    }
}
