package io.eventful.delivery;

import io.eventful.store.Database;
import io.eventful.store.Databases;
import io.eventful.store.StoreUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Databases that refuse writes while a test says so, or give the result of a write late. */
final class SteeredStore implements Databases, AutoCloseable {

    private final Databases real;
    private final Thread owner = Thread.currentThread();
    private final AtomicReference<@Nullable Runnable> committed = new AtomicReference<>();
    volatile boolean refusing;
    volatile boolean unreadable;

    SteeredStore(Databases real) {
        this.real = real;
    }

    /** Runs when the next write of the test's own thread is durable, before that thread knows. */
    void whenNextIsCommitted(Runnable action) {
        committed.set(action);
    }

    private <T extends @Nullable Object> CompletableFuture<T> refused() {
        return CompletableFuture.failedFuture(new StoreUnavailableException("the store refuses"));
    }

    @Override
    public Database open(String name) {
        Database opened = real.open(name);
        return new Database() {
            @Override
            public <T extends @Nullable Object> CompletableFuture<T> write(Unit<T> unit) {
                if (refusing) return refused();
                Runnable action = Thread.currentThread() == owner ? committed.getAndSet(null) : null;
                if (action == null) return opened.write(unit);
                return opened.write(unit)
                        .thenApplyAsync(
                                result -> {
                                    action.run();
                                    return result;
                                },
                                ForkJoinPool.commonPool());
            }

            @Override
            public <I, O extends @Nullable Object> CompletableFuture<O> write(Batch<I, O> batch, I input) {
                return refusing ? refused() : opened.write(batch, input);
            }

            @Override
            public <T extends @Nullable Object> T read(Unit<T> unit) {
                if (unreadable) throw new StoreUnavailableException("the store cannot be read");
                return opened.read(unit);
            }

            @Override
            public void close() {
                opened.close();
            }
        };
    }

    @Override
    public void close() throws Exception {
        ((AutoCloseable) real).close();
    }
}
