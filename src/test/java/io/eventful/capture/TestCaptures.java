package io.eventful.capture;

import io.eventful.edge.TestEdges;
import io.eventful.event.Change;
import io.eventful.ledger.TestLedgers;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real edge with capturing, before a real system, for the tests of other packages. */
public final class TestCaptures implements AutoCloseable {

    private final Gateway gateway;

    public TestCaptures(Path folder, int upstream) {
        // No test waits for it, and on a busy machine much is slower than one thinks.
        gateway = new Gateway(folder, upstream, null, Gateway.SETTINGS, Duration.ofSeconds(30));
    }

    public Captures captures() {
        return gateway.captures;
    }

    public TestLedgers ledgers() {
        return gateway.ledgers;
    }

    public TestEdges edge() {
        return gateway.edge;
    }

    /** Starts a route that takes down what it receives. */
    public List<Change> route(String id, String template, Map<String, String> options) {
        return gateway.route(id, template, options);
    }

    public HttpResponse<String> call(String method, String path, String body, String... fields) throws IOException {
        return gateway.call(method, path, body, fields);
    }

    public List<Change> changes() {
        return gateway.changes();
    }

    @Override
    public void close() throws Exception {
        gateway.close();
    }
}
