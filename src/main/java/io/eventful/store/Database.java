package io.eventful.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A durable relational store with one writer.
 *
 * <p>Writes that are queued at the same time share one transaction and one sync (group commit). If a unit fails, only its
 * own writes are rolled back. Writes of one thread are committed in the order of the calls to {@link #write}.
 */
public interface Database extends AutoCloseable {

    /**
     * A unit of work on a connection. It must not commit, roll back or keep the connection. A writing unit may run more
     * than once, if another unit of its group failed, so it must have no effects besides its SQL. Prepared statements are
     * cached by their text.
     */
    @FunctionalInterface
    interface Unit<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Queues a unit for the next group. Completes when the group is durable, on the writer's thread (never block in a
     * dependent stage). Completes exceptionally with {@link StoreUnavailableException} if the store is unavailable.
     */
    <T extends @Nullable Object> CompletableFuture<T> write(Unit<T> unit);

    /**
     * Executes several units of the same kind with fewer statements, such as one multi-row insert. Must be a constant of
     * its user, because the writer recognises the units of a batch by its identity.
     */
    @FunctionalInterface
    interface Batch<I, O extends @Nullable Object> {
        /** The result of each input, in order. The rules of {@link Unit} apply; if one input fails, all do. */
        List<O> run(Connection connection, List<I> inputs) throws SQLException;
    }

    /**
     * Queues a unit of a batch. All units of a batch in the same group run at the place of the first one, so only their
     * order among each other is preserved.
     */
    <I, O extends @Nullable Object> CompletableFuture<O> write(Batch<I, O> batch, I input);

    /**
     * Queues a unit and waits until it is durable. Blocks; never call it on the writer's thread.
     *
     * @throws StoreUnavailableException if the store is unavailable; another unchecked failure of the unit is thrown as it
     *     is
     */
    default <T extends @Nullable Object> T writeAndWait(Unit<T> unit) {
        try {
            return write(unit).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /**
     * Runs a read-only unit on the caller's thread, on a snapshot of the committed data. For reads that somebody waits
     * for: a database server that does not answer within seconds is unavailable.
     *
     * @throws StoreUnavailableException if the store is unavailable
     */
    <T extends @Nullable Object> T read(Unit<T> unit);

    /** A {@link #read} that may take minutes, such as a sum over a whole table; on a connection of its own. */
    default <T extends @Nullable Object> T scan(Unit<T> unit) {
        return read(unit);
    }

    @Override
    void close();
}
