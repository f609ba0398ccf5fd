package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies forty times larger than the gateway's heap, in a JVM of its own. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LargeBodiesIT {

    private static final long SIZE = 5L << 30;

    private static EdgeProcess start(RecordingUpstream upstream) throws IOException {
        return new EdgeProcess(
                "http://127.0.0.1:" + upstream.port(),
                "-Xmx128m",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:+ExitOnOutOfMemoryError");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void goUp(String path) throws Exception {
        byte[] piece = new byte[1 << 16];
        try (RecordingUpstream upstream = new RecordingUpstream(peer -> {
            while (!RawMessage.line(peer.in()).isEmpty()) {}
            byte[] into = new byte[1 << 16];
            long left = SIZE;
            while (left > 0) {
                int read = peer.in().read(into, 0, (int) Math.min(into.length, left));
                if (read < 0) throw new IOException("the body broke off");
                left -= read;
            }
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        })) {
            try (EdgeProcess edge = start(upstream);
                    RawClient client = new RawClient(edge.port())) {
                client.socket().setSoTimeout(60_000);
                client.send("PUT " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + SIZE + "\r\n\r\n");
                for (long sent = 0; sent < SIZE; sent += piece.length)
                    client.out().write(piece);
                assertThat(client.reply().text()).isEqualTo("ok");
                assertThat(edge.isAlive()).isTrue();
            }
        }
    }

    @Test
    void comeDown() throws Exception {
        byte[] piece = new byte[1 << 16];
        try (RecordingUpstream upstream = new RecordingUpstream(peer -> {
            peer.request();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
            for (long sent = 0; sent < SIZE; sent += piece.length) peer.out().write(piece);
        })) {
            try (EdgeProcess edge = start(upstream);
                    RawClient client = new RawClient(edge.port())) {
                client.send("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n");
                while (!RawMessage.line(client.in()).isEmpty()) {}
                long left = SIZE;
                while (left > 0) {
                    int read = client.in().read(piece, 0, (int) Math.min(piece.length, left));
                    assertThat(read).isPositive();
                    left -= read;
                }
                assertThat(edge.isAlive()).isTrue();
            }
        }
    }
}
