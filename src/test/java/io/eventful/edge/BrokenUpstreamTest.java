package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenUpstreamTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private RecordingUpstream upstream;
    private Edge edge;

    @BeforeEach
    void start() throws IOException {
        upstream = new RecordingUpstream(RecordingUpstream.always(OK));
        edge = new Edge(upstream.port(), "upstreams.default.timeout=600ms").capturing("/captured");
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
        edge.close();
    }

    private RawMessage call(String method, String path, String body) throws IOException {
        try (RawClient client = new RawClient(edge.port())) {
            String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
            return client.send(method + " " + path + " HTTP/1.1\r\nHost: a\r\n" + length + "\r\n" + body)
                    .reply();
        }
    }

    private static void isProblem(RawMessage reply, int status) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.first("content-type")).contains("application/problem+json");
        assertThat(reply.text()).contains("\"status\":" + status).doesNotContain("127.0.0.1", "Exception", "io.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void aRefusedConnectionIs502(String path) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (Edge lonely = new Edge(port).capturing("/captured");
                RawClient client = new RawClient(lonely.port())) {
            RawMessage reply = client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx")
                    .reply();
            isProblem(reply, 502);
            assertThat(reply.text()).contains("nothing was sent");
            isProblem(
                    client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").reply(), 502);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "garbage\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-A: a\0b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n1\r\na\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"
            })
    void aPostWithoutAValidReplyHeadIs502AndSentOnce(String broken) throws IOException {
        AtomicInteger heads = new AtomicInteger();
        upstream.script(peer -> {
            peer.request();
            heads.incrementAndGet();
            peer.write(broken);
            peer.socket().close();
        });
        isProblem(call("POST", "/plain", "x"), 502);
        isProblem(call("POST", "/captured", "x"), 502);
        assertThat(heads).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void aSilentUpstreamIs504(String path) throws IOException {
        upstream.script(peer -> {
            peer.request();
            peer.in().read();
        });
        long start = System.nanoTime();
        isProblem(call("POST", path, "x"), 504);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(550), Duration.ofSeconds(15));
        await().atMost(Duration.ofSeconds(5)).until(() -> upstream.open() == 0);
        assertThat(upstream.seen()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void aReplyThatBreaksOffIsNotTakenForWhole(String path) throws IOException {
        upstream.script(peer -> {
            peer.request();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + "x".repeat(2_000_000));
            peer.socket().close();
        });
        assertThatThrownBy(() -> call("GET", path, "")).isInstanceOf(IOException.class);
    }

    @Test
    void aChunkedReplyThatBreaksOffIsNotTakenForWhole() throws IOException {
        upstream.script(peer -> {
            peer.request();
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nhe");
            peer.socket().close();
        });
        assertThatThrownBy(() -> call("GET", "/plain", "")).isInstanceOf(IOException.class);
    }

    @Test
    void aDeadPooledConnectionIsReplacedForAGetWithoutABody() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        upstream.script(peer -> {
            peer.request();
            int number = requests.incrementAndGet();
            if (number == 2) peer.socket().close();
            else peer.write(OK);
        });
        try (Edge one = oneLoop();
                RawClient client = new RawClient(one.port())) {
            String get = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";
            assertThat(client.send(get).reply().text()).isEqualTo("ok");
            assertThat(client.send(get).reply().text()).isEqualTo("ok");
        }
        assertThat(requests).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /plain", "PUT /plain", "POST /captured", "PUT /captured"})
    void aDeadPooledConnectionIsNotTriedAgainForAWrite(String line) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        upstream.script(peer -> {
            peer.request();
            if (requests.incrementAndGet() == 2) peer.socket().close();
            else peer.write(OK);
        });
        try (Edge one = oneLoop();
                RawClient client = new RawClient(one.port())) {
            String write = line + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx";
            assertThat(client.send(write).reply().text()).isEqualTo("ok");
            isProblem(client.send(write).reply(), 502);
        }
        assertThat(requests).hasValue(2);
    }

    /** The item was deleted the first time, and so is not found the second time. */
    @ParameterizedTest
    @CsvSource({"404,502", "412,502", "503,502", "204,204", "401,401"})
    void theReplyToARepeatedDeleteCountsWhenItHoldsForTheFirstTimeToo(int second, int told) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        upstream.script(peer -> {
            peer.request();
            int number = requests.incrementAndGet();
            if (number == 2) peer.socket().close();
            else if (number == 3)
                peer.write("HTTP/1.1 " + second + " X\r\n" + (second == 204 ? "" : "Content-Length: 0\r\n") + "\r\n");
            else peer.write(OK);
        });
        try (Edge one = oneLoop();
                RawClient client = new RawClient(one.port())) {
            client.send("GET /captured HTTP/1.1\r\nHost: a\r\n\r\n").reply();
            RawMessage reply =
                    client.send("DELETE /captured HTTP/1.1\r\nHost: a\r\n\r\n").reply();
            assertThat(reply.status()).isEqualTo(told);
        }
        assertThat(requests).hasValue(3);
    }

    @Test
    void aFreshConnectionThatDiesIsNotTriedAgain() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        upstream.script(peer -> {
            peer.request();
            requests.incrementAndGet();
            peer.socket().close();
        });
        isProblem(call("GET", "/plain", ""), 502);
        assertThat(requests).hasValue(1);
    }

    @Test
    void anEarlyReplyEndsTheUploadWithoutHarm() throws IOException {
        upstream.script(peer -> {
            while (!RawMessage.line(peer.in()).isEmpty()) {}
            peer.write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            peer.socket().close();
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("POST /plain HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(10));
            assertThat(client.reply().status()).isEqualTo(413);
        }
    }

    @Test
    void aClientThatLeavesEndsItsCall() throws IOException {
        AtomicInteger served = new AtomicInteger();
        upstream.script(peer -> {
            peer.request();
            served.incrementAndGet();
            assertThat(peer.in().read()).isNegative();
            served.incrementAndGet();
            peer.socket().close();
        });
        try (Edge patient = new Edge(upstream.port());
                RawClient client = new RawClient(patient.port())) {
            client.send("POST /plain HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
            await().until(() -> served.get() == 1);
            client.close();
            await().atMost(Duration.ofSeconds(5)).until(() -> served.get() == 2);
        }
    }

    private Edge oneLoop() {
        return new Edge(upstream.port(), "edge.limits.event-loops=1").capturing("/captured");
    }
}
