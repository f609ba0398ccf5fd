package io.eventful.delivery;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Resolves names as the machine does (hosts file included), on platform threads of its own: the system call would hold
 * the carrier of a virtual thread. A hanging name server costs one thread per name, since a name is looked up once at a
 * time. An answer serves for a few seconds; every use of it is checked against the forbidden addresses again.
 */
final class SystemResolver implements Resolver, AutoCloseable {

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int MOST_NAMES = 10_000;

    /** A value in any case: the cache would log an exception with its whole trace, and a sink's name is no fault of ours. */
    private sealed interface Answer {}

    private record Known(List<InetAddress> addresses) implements Answer {}

    private record Unknown(Exception why) implements Answer {}

    private final ThreadPoolExecutor threads;
    private final AsyncCache<String, Answer> answers;

    SystemResolver(int threadCount) {
        threads = new ThreadPoolExecutor(
                threadCount,
                threadCount,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_NAMES),
                Thread.ofPlatform().daemon().name("delivery-dns-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        answers = Caffeine.newBuilder()
                .expireAfterWrite(FRESH)
                .maximumSize(MOST_NAMES)
                .executor(threads)
                .buildAsync();
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        try {
            CompletableFuture<Answer> answer = answers.get(host, SystemResolver::lookUp);
            return answer.thenApply(known -> switch (known) {
                case Known(List<InetAddress> addresses) -> addresses;
                case Unknown(Exception why) -> {
                    // It may be known a moment later.
                    answers.asMap().remove(host, answer);
                    throw new CompletionException(why);
                }
            });
        } catch (RuntimeException overloaded) {
            return CompletableFuture.failedFuture(overloaded);
        }
    }

    private static Answer lookUp(String host) {
        try {
            return new Known(List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException | RuntimeException unknown) {
            return new Unknown(unknown);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
