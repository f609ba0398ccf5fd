package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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
