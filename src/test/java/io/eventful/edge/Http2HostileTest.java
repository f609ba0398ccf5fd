package io.eventful.edge;

import static io.eventful.edge.Http2Frames.GOAWAY;
import static io.eventful.edge.Http2Frames.HEADERS;
import static io.eventful.edge.Http2Frames.PING;
import static io.eventful.edge.Http2Frames.RST_STREAM;
import static io.eventful.edge.Http2Violations.ALL;
import static io.eventful.edge.Http2Violations.get;
import static io.eventful.edge.Http2Violations.withBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.edge.Http2Frames.Frame;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What RFC 9113 calls an error is one, and nothing of it reaches the system behind. */
class Http2HostileTest {

    private static RecordingUpstream upstream;
    private static Edge edge;

    @BeforeAll
    static void start() throws IOException {
        upstream = new RecordingUpstream(RecordingUpstream.always("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        edge = new Edge(
                        upstream.port(),
                        "edge.limits.head-timeout=500ms",
                        "edge.limits.keep-alive=800ms",
                        "edge.limits.header=4KB",
                        "edge.limits.streams=5")
                .capturing("/captured");
    }

    @AfterAll
    static void stop() throws IOException {
        edge.close();
        upstream.close();
    }

    @BeforeEach
    void forget() {
        upstream.seen().clear();
    }

    @ParameterizedTest
    @MethodSource("io.eventful.edge.Http2Violations#malformed")
    void aMalformedRequestEndsItsStream(Http2Violations.Case one) throws IOException {
        try (Http2Frames client = new Http2Frames(edge.port())) {
            one.sending().to(client);
            Frame verdict = client.verdict();
            assertThat(verdict).isNotNull();
            if (verdict.type() == HEADERS) assertThat(status(verdict)).isBetween(400, 501);
            else assertThat(verdict.error()).as("error code").isNotZero();
            assertThat(upstream.seen()).isEmpty();
        }
    }

    /** The static table's index of a status, or its three digits. */
    private static int status(Frame headers) {
        int first = headers.payload()[0] & 255;
        if (first >= 0x88 && first <= 0x8e) return new int[] {200, 204, 206, 304, 400, 404, 500}[first - 0x88];
        String text = new String(headers.payload(), java.nio.charset.StandardCharsets.ISO_8859_1);
        if (text.length() > 4 && Character.isDigit(text.charAt(2))) return Integer.parseInt(text.substring(2, 5));
        // Three digits in Huffman code take two bytes; the first code is that of the first digit, 4 or 5.
        return (headers.payload()[2] & 0xfc) >> 2 == 0b011010 ? 431 : 501;
    }

    @ParameterizedTest
    @MethodSource("io.eventful.edge.Http2Violations#broken")
    void aBrokenProtocolEndsTheConnection(Http2Violations.Case one) throws IOException {
        try (Http2Frames client = new Http2Frames(edge.port())) {
            one.sending().to(client);
            Frame verdict = client.verdict();
            // Closing at once is allowed too (RFC 9113 §5.4.1).
            if (verdict != null) {
                assertThat(verdict.type()).isIn(GOAWAY, RST_STREAM);
                assertThat(verdict.error()).as("error code").isNotZero();
            }
            assertThat(upstream.seen()).isEmpty();
        }
    }

    @Test
    void aBodyThatIsNotAsLongAsToldIsNeverWhole() throws IOException {
        for (String body : new String[] {"ab", "abcd"}) {
            try (Http2Frames client = new Http2Frames(edge.port())) {
                withBody("length", body, get("content-length", "3")).sending().to(client);
                Frame verdict = client.verdict();
                assertThat(verdict).isNotNull();
                assertThat(verdict.type()).isEqualTo(RST_STREAM);
                assertThat(upstream.seen()).isEmpty();
            }
        }
    }

    @Test
    void aWrongPrefaceOrOneThatDripsIsClosed() throws IOException {
        try (Http2Frames wrong = new Http2Frames(edge.port(), "PRI * HTTP/2.0\r\n\r\nSM\r\n\rX");
                Http2Frames dripping = new Http2Frames(edge.port(), "PRI * HT");
                Http2Frames withoutSettings = new Http2Frames(edge.port(), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
            assertThat(dripping.verdict()).isNull();
            Frame verdict = withoutSettings.verdict();
            assertThat(verdict == null || verdict.type() == GOAWAY).isTrue();
            assertThat(wrong).isNotNull();
        }
        assertThat(upstream.seen()).isEmpty();
    }

    @Test
    void anIdleConnectionIsTakenLeaveOf() throws IOException {
        try (Http2Frames client = new Http2Frames(edge.port())) {
            client.headers(ALL, 1, get());
            assertThat(client.verdict().type()).isEqualTo(HEADERS);
            client.frame(PING, 0, 0, new byte[8]);
            assertThat(client.verdict().type()).isEqualTo(PING);
            Frame last = client.verdict();
            assertThat(last.type()).isEqualTo(GOAWAY);
            assertThat(last.error()).isZero();
            assertThat(client.verdict()).isNull();
        }
    }

    @Test
    void streamsAboveTheLimitAreRefusedToBeSentAgain() throws IOException {
        upstream.script(peer -> {
            peer.request();
            peer.in().read();
        });
        try (Http2Frames client = new Http2Frames(edge.port())) {
            for (int stream = 1; stream <= 11; stream += 2) client.headers(ALL, stream, get());
            Frame verdict = client.verdict();
            assertThat(verdict.type()).isEqualTo(RST_STREAM);
            assertThat(verdict.stream()).isEqualTo(11);
            assertThat(verdict.error()).as("REFUSED_STREAM").isEqualTo(7);
            await().atMost(Duration.ofSeconds(5)).until(() -> upstream.seen().size() == 5);
        } finally {
            upstream.script(RecordingUpstream.always("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        }
    }
}
