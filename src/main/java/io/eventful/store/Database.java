package io.eventful.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A durable relational store with one writer.
 *
 * <p>Writes that wait at the same time share one transaction and one sync (group commit). A unit that fails is undone
 * alone; the others of its group stand. The order of calls to {@link #write} from one thread is the order of commits.
 */
public interface Database extends AutoCloseable {

    /**
     * A unit of work on a connection. It must not commit, roll back or keep the connection. A writing unit may run more
     * than once, when another of its group failed: all it does must be on the connection. Statements stay prepared
     * behind {@code close()}, by their text.
     */
    @FunctionalInterface
    interface Unit<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Queues a unit for the next group. Completes after the group is durable, on the writer's thread (so: never block
     * in a dependent stage). Completes exceptionally with {@link StoreUnavailableException} when the store refuses.
     */
    <T extends @Nullable Object> CompletableFuture<T> write(Unit<T> unit);

    /**
     * Units of one kind that do together what each would do alone, with fewer statements: one for many rows instead of
     * one for each. A constant of its user, so that the writer knows what belongs together.
     */
    @FunctionalInterface
    interface Batch<I, O extends @Nullable Object> {
        /** What came of each input, in their order. As a {@link Unit}, and when one input fails all do. */
        List<O> run(Connection connection, List<I> inputs) throws SQLException;
    }

    /**
     * Queues a unit as {@link #write(Unit)} does. All of a batch that are in the same group run at the place of the first
     * of them: only among themselves do they keep their order.
     */
    <I, O extends @Nullable Object> CompletableFuture<O> write(Batch<I, O> batch, I input);

    /** Runs a reading unit on the caller's thread, on a snapshot of what is committed. */
    <T extends @Nullable Object> T read(Unit<T> unit);

    @Override
    void close();
}
