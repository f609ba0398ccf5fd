package io.eventful.store;

import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A small pool of connections that only read. */
final class Readers implements AutoCloseable {

    /** How long a read waits for a connection. */
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
            throw new StoreUnavailableException("store " + name + " cannot give data now", e);
        } finally {
            permits.release();
        }
    }

    /** A connection that was lost while it lay idle says so only when it is used: the next one is asked, then a new one. */
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

    /** A store that lets nobody in is away, whatever reason it gives. */
    private Session opened() {
        try {
            return new Session(dialect.reader());
        } catch (SQLException e) {
            throw new StoreUnavailableException("store " + name + " cannot be opened now", e);
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

    /** Waits for reads under way, then closes the connections. */
    @Override
    public void close() {
        closed = true;
        permits.acquireUninterruptibly(limit);
        for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) session.close();
        permits.release(limit);
    }
}
