package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SystemResolverTest {

    /** Caffeine logs by java.util.logging, where nothing else is set up. */
    private static final Logger CACHE = Logger.getLogger("com.github.benmanes.caffeine.cache");

    private static final class Lines extends Handler {
        final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            messages.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static final InetAddress FOUND = InetAddress.getLoopbackAddress();

    private volatile CountDownLatch answered = new CountDownLatch(1);
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** Nobody answers for the names of one domain, until the latch says that nobody will. */
    private InetAddress[] lookUp(String host) throws UnknownHostException {
        asked.add(host);
        if (!host.endsWith(".hang.test")) return new InetAddress[] {FOUND};
        try {
            answered.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
        throw new UnknownHostException(host);
    }

    private CompletableFuture<List<InetAddress>> resolve(SystemResolver resolver, String host) {
        return resolver.resolve(host).toCompletableFuture();
    }

    private List<CompletableFuture<List<InetAddress>>> hang(SystemResolver resolver, int names) {
        return IntStream.range(0, names)
                .mapToObj(i -> resolve(resolver, "h" + i + ".hang.test"))
                .toList();
    }

    @Test
    void anAnswerServesForSomeSecondsThenAnotherIsAskedFor() {
        try (SystemResolver resolver = new SystemResolver(4, this::lookUp, nanos::get)) {
            for (int i = 0; i < 3; i++)
                assertThat(resolve(resolver, "well.test").join()).containsExactly(FOUND);
            assertThat(asked).hasSize(1);
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
            assertThat(resolve(resolver, "well.test").join()).containsExactly(FOUND);
            await().until(() -> asked.size() == 2);
        }
    }

    @Test
    void namesThatHangDoNotHoldUpOneThatWasKnown() {
        try (SystemResolver resolver = new SystemResolver(4, this::lookUp, nanos::get)) {
            resolve(resolver, "well.test").join();
            hang(resolver, 40);
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(50));
            assertThat(resolve(resolver, "well.test")).isCompletedWithValue(List.of(FOUND));
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(20));
            assertThat(resolve(resolver, "well.test")).as("too old").isNotDone();
        }
    }

    @Test
    void namesThatHungDoNotHoldUpOneThatIsNew() {
        try (SystemResolver resolver = new SystemResolver(4, this::lookUp, nanos::get)) {
            List<CompletableFuture<List<InetAddress>>> first = hang(resolver, 40);
            answered.countDown();
            assertThat(first).allSatisfy(each -> assertThat(each).failsWithin(Duration.ofSeconds(10)));
            answered = new CountDownLatch(1);
            hang(resolver, 40);
            assertThat(resolve(resolver, "new.test")).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    /** No name server is asked for these: a label is longer than 63 characters, or an address has no end. */
    @Test
    void aNameThatIsNotKnownIsAnAnswerAndNotLogged() {
        Lines lines = new Lines();
        CACHE.addHandler(lines);
        // One thread: when it answers, it is done with all questions before.
        try (SystemResolver resolver = new SystemResolver(1)) {
            for (String host : List.of("x".repeat(64) + ".example", "[::1"))
                assertThatThrownBy(() ->
                                resolver.resolve(host).toCompletableFuture().join())
                        .hasRootCauseInstanceOf(UnknownHostException.class);
            assertThat(resolver.resolve("127.0.0.1").toCompletableFuture().join())
                    .singleElement()
                    .satisfies(
                            address -> assertThat(address.isLoopbackAddress()).isTrue());
        } finally {
            CACHE.removeHandler(lines);
        }
        assertThat(lines.messages).isEmpty();
    }
}
