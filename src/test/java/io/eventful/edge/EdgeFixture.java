package io.eventful.edge;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The data port before a system that a test may script. */
abstract class EdgeFixture {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    RecordingUpstream upstream;
    Edge edge;

    @BeforeEach
    void start() throws IOException {
        upstream = new RecordingUpstream(RecordingUpstream.always(OK));
        edge = edge(upstream.port());
    }

    /** The data port before a system at a port of this machine. */
    Edge edge(int system) throws IOException {
        return new Edge(system).capturing("/captured");
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
        edge.close();
    }
}
