package io.eventful.delivery;

import io.eventful.store.Database;
import io.eventful.store.Databases;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Databases that one thread reads slowly.
 *
 * @param reader the thread; all others read at once
 * @param delay of each of its reads, now
 */
record SlowReads(Databases real, Thread reader, Supplier<Duration> delay) implements Databases, AutoCloseable {

    @Override
    public Database open(String name) {
        Database opened = real.open(name);
        return new Database() {
            @Override
            public <T extends @Nullable Object> CompletableFuture<T> write(Unit<T> unit) {
                return opened.write(unit);
            }

            @Override
            public <I, O extends @Nullable Object> CompletableFuture<O> write(Batch<I, O> batch, I input) {
                return opened.write(batch, input);
            }

            @Override
            public <T extends @Nullable Object> T read(Unit<T> unit) {
                if (Thread.currentThread() == reader)
                    LockSupport.parkNanos(delay.get().toNanos());
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
