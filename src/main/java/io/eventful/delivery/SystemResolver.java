package io.eventful.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Resolves names as the machine does (hosts file included), on platform threads of its own: the system call would hold
 * the carrier of a virtual thread. It cannot be ended, and a name server that hangs holds its thread for long. So a name is
 * looked up once at a time, those that had no quick answer the last time share a quarter of the threads, and an answer
 * serves on while the next one is not there. Every use of it is checked against the forbidden addresses again.
 */
final class SystemResolver implements Resolver, AutoCloseable {

    /** How old an answer may be before another one is asked for. */
    private static final long FRESH = Duration.ofSeconds(5).toNanos();
    /** How old it may be where there is no other one. */
    private static final long USABLE = Duration.ofMinutes(1).toNanos();

    private static final long QUICK = Duration.ofSeconds(1).toNanos();
    private static final int MOST_NAMES = 10_000;

    private final LookUp lookUp;
    private final LongSupplier nanos;
    private final ThreadPoolExecutor threads;
    private final ThreadPoolExecutor suspects;
    private final Cache<String, Name> names = Caffeine.newBuilder()
            .maximumSize(MOST_NAMES)
            .executor(Runnable::run)
            .build();

    /** Asks for the addresses of a name, and waits. */
    @FunctionalInterface
    interface LookUp {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** What is known of a name. Guarded by itself. */
    private static final class Name {
        private @Nullable CompletableFuture<List<InetAddress>> known;
        private @Nullable CompletableFuture<List<InetAddress>> asked;
        private long since;
        private boolean suspect;
    }

    SystemResolver(int threadCount) {
        this(threadCount, InetAddress::getAllByName, System::nanoTime);
    }

    /** @param nanos a clock such as {@link System#nanoTime} */
    SystemResolver(int threadCount, LookUp lookUp, LongSupplier nanos) {
        this.lookUp = lookUp;
        this.nanos = nanos;
        int quarter = Math.max(1, threadCount / 4);
        threads = threads(Math.max(1, threadCount - quarter), "delivery-dns-");
        suspects = threads(quarter, "delivery-dns-slow-");
    }

    private static ThreadPoolExecutor threads(int count, String prefix) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                count,
                count,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_NAMES),
                Thread.ofPlatform().daemon().name(prefix, 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        Name name = names.get(host, fresh -> new Name());
        CompletableFuture<List<InetAddress>> asking;
        CompletableFuture<List<InetAddress>> answer;
        Executor free;
        synchronized (name) {
            long age = nanos.getAsLong() - name.since;
            answer = name.known == null || age >= USABLE ? null : name.known;
            if (answer != null && age < FRESH) return answer;
            if (name.asked != null) return answer == null ? name.asked : answer;
            asking = new CompletableFuture<>();
            name.asked = asking;
            free = name.suspect ? suspects : threads;
        }
        try {
            free.execute(() -> lookUp(host, name, asking));
        } catch (RejectedExecutionException overloaded) {
            synchronized (name) {
                name.asked = null;
            }
            asking.completeExceptionally(overloaded);
        }
        return answer == null ? asking : answer;
    }

    private void lookUp(String host, Name name, CompletableFuture<List<InetAddress>> asking) {
        long begun = nanos.getAsLong();
        List<InetAddress> found = List.of();
        Exception why = new UnknownHostException(host);
        try {
            found = List.of(lookUp.of(host));
        } catch (UnknownHostException | RuntimeException unknown) {
            why = unknown;
        } finally {
            long now = nanos.getAsLong();
            synchronized (name) {
                // One that is not known may be known a moment later.
                name.asked = null;
                name.suspect = found.isEmpty() || now - begun > QUICK;
                if (!found.isEmpty()) {
                    name.known = asking;
                    name.since = now;
                }
            }
            if (found.isEmpty()) asking.completeExceptionally(why);
            else asking.complete(found);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        suspects.shutdownNow();
    }
}
