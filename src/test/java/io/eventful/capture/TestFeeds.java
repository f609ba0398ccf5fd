package io.eventful.capture;

import io.eventful.edge.Routing;
import io.eventful.edge.Upstreams;
import io.eventful.ledger.Feed;
import io.eventful.ledger.Ledger;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.springframework.util.unit.DataSize;

/** The real relay for the tests of other packages. */
public final class TestFeeds implements AutoCloseable {

    private final ExecutorService calls;
    private final ExecutorService background;
    private final ScheduledThreadPoolExecutor timer;
    private final Captures captures;

    public TestFeeds(Ledger ledger, Routing routing, Upstreams upstreams, Clock clock) {
        CaptureConfiguration configuration = new CaptureConfiguration();
        calls = configuration.captureCalls();
        background = configuration.captureBackground();
        timer = configuration.captureTimer();
        captures = configuration.captures(
                ledger,
                routing,
                upstreams,
                calls,
                background,
                timer,
                clock,
                Gateway.settings(DataSize.ofMegabytes(64)));
    }

    public Feed feed() {
        return captures;
    }

    @Override
    public void close() throws Exception {
        calls.close();
        captures.close();
        background.shutdownNow();
        background.close();
        timer.shutdownNow();
    }
}
