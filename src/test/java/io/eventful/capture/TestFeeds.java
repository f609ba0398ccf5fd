package io.eventful.capture;

import io.eventful.edge.Routing;
import io.eventful.edge.Upstreams;
import io.eventful.harness.TestTimers;
import io.eventful.ledger.Feed;
import io.eventful.ledger.Ledger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.util.unit.DataSize;

/** The real relay for the tests of other packages. */
public final class TestFeeds implements AutoCloseable {

    private final Threads threads;
    private final Captures captures;

    public TestFeeds(Ledger ledger, Routing routing, Upstreams upstreams, Clock clock) {
        CaptureSettings settings = Gateway.settings(DataSize.ofMegabytes(64));
        CaptureConfiguration configuration = new CaptureConfiguration();
        threads = configuration.captureThreads(new TestTimers());
        Pauses pauses = configuration.capturePauses(threads);
        Tools tools = configuration.captureTools(ledger, upstreams, threads, pauses, clock, settings);
        captures = configuration.captures(
                routing, tools, threads, pauses, settings, new RelayMetrics(new SimpleMeterRegistry()));
    }

    public Feed feed() {
        return captures;
    }

    @Override
    public void close() throws Exception {
        captures.close();
        threads.close();
    }
}
