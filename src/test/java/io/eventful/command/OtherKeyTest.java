package io.eventful.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.harness.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of accepted commands when the gateway runs with another master key for a while. */
class OtherKeyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-03-04T05:06:07Z"));
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean other = true;
    private SlowSystem system;
    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        system = new SlowSystem();
        bench = new Bench(folder, system.port(), Bench.settings(10), clock, new Bench.PlainSafe() {
            @Override
            public byte[] open(byte[] sealed, String place) {
                if (!other) return super.open(sealed, place);
                refused.incrementAndGet();
                throw new IllegalStateException("sealed with another key");
            }
        });
        bench.captures.route("orders", "/orders/{id}", Map.of("commands", "async", "resource", "order"));
    }

    @AfterEach
    void stop() throws Exception {
        system.close();
        bench.close();
    }

    @Test
    void theyRunWhenTheKeyIsBack() {
        String location = bench.submit("POST", "/orders", "{\"n\":1}");
        await().atMost(PATIENCE).until(() -> refused.get() > 1);
        assertThat(Bench.status(bench.call("GET", location, "").body())).isIn("pending", "running");
        assertThat(system.seen()).isEmpty();
        other = false;
        assertThat(Bench.status(bench.ended(location))).isEqualTo("succeeded");
    }

    @Test
    void theyEndWhenItIsNotBackInTime() {
        String location = bench.submit("POST", "/orders", "{\"n\":1}");
        await().atMost(PATIENCE).until(() -> refused.get() > 0);
        clock.advance(Duration.ofMinutes(61));
        assertThat(bench.ended(location)).contains("\"status\":\"failed\"", "\"reason\":\"request-unreadable\"");
    }
}
