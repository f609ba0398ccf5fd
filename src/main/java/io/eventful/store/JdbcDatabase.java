package io.eventful.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A {@link Database} over JDBC: a writer, some readers and, for SQLite, a checkpointer. */
final class JdbcDatabase implements Database {

    private final Writer writer;
    private final Readers readers;
    private final @Nullable Checkpointer checkpointer;

    /**
     * The schema must be up to date.
     *
     * @throws StoreUnavailableException when the database cannot be opened
     */
    JdbcDatabase(String name, Dialect dialect, StoreSettings settings) {
        try {
            writer = new Writer(name, dialect, settings);
            checkpointer = dialect instanceof Sqlite sqlite ? new Checkpointer(name, sqlite, writer) : null;
        } catch (SQLException e) {
            throw new StoreUnavailableException(
                    "store " + name + " at " + dialect.place() + " cannot be opened: " + e.getMessage(), e);
        }
        readers = new Readers(name, dialect, settings.readers());
        writer.start();
        if (checkpointer != null) checkpointer.start();
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> write(Unit<T> unit) {
        return writer.write(new UnitWork<>(unit));
    }

    @Override
    public <I, O extends @Nullable Object> CompletableFuture<O> write(Batch<I, O> batch, I input) {
        return writer.write(new BatchWork<>(batch, input));
    }

    @Override
    public <T extends @Nullable Object> T read(Unit<T> unit) {
        return readers.read(unit);
    }

    @Override
    public <T extends @Nullable Object> T scan(Unit<T> unit) {
        return readers.scan(unit);
    }

    /** Why the last write failed, or why writes wait; empty as soon as the database can be written again. */
    Optional<String> refusal() {
        return writer.refusal();
    }

    /** Tells of a database that does not answer. To be called about once a second. */
    void watch() {
        writer.watch();
    }

    @Override
    public void close() {
        writer.close();
        readers.close();
        if (checkpointer != null) checkpointer.close();
    }
}
