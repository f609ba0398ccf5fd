package io.eventful.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A {@link Database} over JDBC: a writer, some readers and, for SQLite, a checkpointer. */
final class JdbcDatabase implements Database {

    private final Damage damage;
    private final Writer writer;
    private final Readers readers;
    private final @Nullable Checkpointer checkpointer;

    /**
     * The schema must be up to date.
     *
     * @throws StoreUnavailableException when the database cannot be opened
     */
    JdbcDatabase(String name, Dialect dialect, StoreSettings settings) {
        damage = new Damage(name, dialect);
        try {
            writer = new Writer(name, dialect, damage, settings);
            checkpointer = dialect instanceof Sqlite sqlite ? new Checkpointer(name, sqlite, damage, writer) : null;
        } catch (SQLException e) {
            throw new StoreUnavailableException(
                    "store " + name + " at " + dialect.place() + " cannot be opened: " + e.getMessage(), e);
        }
        readers = new Readers(name, dialect, damage, settings.readers());
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

    /** Damage that was met, and why the last write failed or why writes wait; empty if all is well. */
    Optional<String> problem() {
        Optional<String> refusal = writer.refusal().map(reason -> "refuses writes: " + reason);
        return damage.reason()
                .map(damaged ->
                        damaged + refusal.map(reason -> "; it also " + reason).orElse(""))
                .or(() -> refusal);
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
