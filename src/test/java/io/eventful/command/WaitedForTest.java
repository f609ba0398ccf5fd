package io.eventful.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller who waits for the end of a command is told. */
class WaitedForTest {

    @TempDir
    Path folder;

    @Test
    void aCommandThatEndsWhileItIsLookedForIsToldAsEnded() throws Exception {
        SlowReader reader = new SlowReader();
        try (SlowSystem system = new SlowSystem();
                Bench bench = new Bench(folder, system.port(), Bench.settings(100), Clock.systemUTC(), reader)) {
            bench.captures.route("customers", "/customers/{id}", Map.of("commands", "prefer"));
            system.hold();
            String location = bench.submit("PUT", "/customers/1", "{\"n\":1}");
            String other = bench.submit("PUT", "/customers/1", "{\"n\":2}");
            reader.begin();
            Thread asking = Thread.ofVirtual().start(() -> reader.answer = bench.ended(location));
            assertThat(reader.hasRead.await(30, TimeUnit.SECONDS)).isTrue();
            system.letGo();
            // The second one runs when the first has ended.
            assertThat(Bench.status(bench.ended(other))).isEqualTo("succeeded");
            reader.goOn.countDown();
            assertThat(asking.join(Duration.ofSeconds(30))).isTrue();
            assertThat(Bench.status(reader.answer)).isEqualTo("succeeded");
        }
    }

    /** Holds the first request that it is asked about, whose command's row has been read by then. */
    private static final class SlowReader extends Bench.PlainSafe {

        private final CountDownLatch hasRead = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final AtomicBoolean armed = new AtomicBoolean();
        private volatile String answer = "{}";

        void begin() {
            armed.set(true);
        }

        @Override
        public String mac(String text) {
            if (armed.compareAndSet(true, false)) {
                hasRead.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return super.mac(text);
        }
    }
}
