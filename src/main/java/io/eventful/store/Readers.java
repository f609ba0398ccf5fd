package io.eventful.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small pool of read-only connections. */
final class Readers implements AutoCloseable {

    /** Maximum wait for a connection, in seconds. */
    private static final long WAIT_SECONDS = 10;

    private static final Logger log = LoggerFactory.getLogger(Readers.class);

    private interface Connector {
        Connection connect() throws SQLException;
    }

    private final String name;
    private final Dialect dialect;
    private final Damage damage;
    private final int limit;
    private final Semaphore permits;
    private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Readers(String name, Dialect dialect, Damage damage, int limit) {
        this.name = name;
        this.dialect = dialect;
        this.damage = damage;
        this.limit = limit;
        this.permits = new Semaphore(limit, true);
    }

    <T extends @Nullable Object> T read(Database.Unit<T> unit) {
        acquire();
        try {
            return attempt(unit);
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            permits.release();
        }
    }

    /** A read on a connection of its own, beside the pool. */
    <T extends @Nullable Object> T scan(Database.Unit<T> unit) {
        try (Session session = opened(dialect::scanner)) {
            T result = unit.run(session.guarded());
            session.raw().rollback();
            return result;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private RuntimeException failed(SQLException e) {
        if (damage.isShownBy(e)) return damage.found(e);
        return dialect.fault(e) == Dialect.Fault.UNIT
                ? new IllegalStateException("a read of store " + name + " is wrong: " + e.getMessage(), e)
                : new StoreUnavailableException("store " + name + " cannot be read at the moment", e);
    }

    /** Runs a read. A connection that was lost while idle fails only when it is used; then a new one is tried, once. */
    private <T extends @Nullable Object> T attempt(Database.Unit<T> unit) throws SQLException {
        while (true) {
            Session used = idle.pollFirst();
            Session session = used == null ? opened(dialect::reader) : used;
            boolean whole = false;
            try {
                T result = unit.run(session.guarded());
                session.raw().rollback(); // ends the snapshot
                whole = true;
                return result;
            } catch (SQLException e) {
                if (used == null || dialect.fault(e) != Dialect.Fault.CONNECTION) throw e;
                // The others are of the same server: one by one they might each cost a time-out.
                closeIdle();
            } finally {
                if (whole && !closed) idle.addFirst(session);
                else session.close();
            }
        }
    }

    /** Opens a connection; any failure means that the store is unavailable. */
    private Session opened(Connector connector) {
        if (closed) throw new StoreUnavailableException("store " + name + " is closed");
        try {
            return new Session(connector.connect(), dialect);
        } catch (SQLException e) {
            if (damage.isShownBy(e)) throw damage.found(e);
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

    /** Waits a while for running reads, then closes the connections; what is read longer closes its own. */
    @Override
    public void close() {
        closed = true;
        try {
            if (permits.tryAcquire(limit, WAIT_SECONDS, TimeUnit.SECONDS)) permits.release(limit);
            else
                log.warn("store.closed-early store={} reason=\"a read has not ended within {} s\"", name, WAIT_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeIdle();
    }

    private void closeIdle() {
        for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) session.close();
    }
}
