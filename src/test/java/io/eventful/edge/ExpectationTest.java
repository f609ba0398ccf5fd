package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upstream says before its reply: 100 (Continue) and 103 (Early Hints). */
class ExpectationTest extends EdgeFixture {

    @Test
    void theUpstreamsContinueReachesTheClientBeforeItSendsItsBody() throws Exception {
        CountDownLatch head = new CountDownLatch(1);
        upstream.script(peer -> {
            StringBuilder lines = new StringBuilder();
            for (String line = RawMessage.line(peer.in()); !line.isEmpty(); line = RawMessage.line(peer.in())) {
                lines.append(line).append('\n');
            }
            assertThat(lines).contains("Expect: 100-continue");
            head.await();
            peer.write("HTTP/1.1 100 Continue\r\n\r\n");
            String body = new String(peer.in().readNBytes(4));
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + body);
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("PUT /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            client.socket().setSoTimeout(300);
            try {
                client.in().read();
                throw new AssertionError("the gateway spoke before the upstream");
            } catch (java.net.SocketTimeoutException silence) {
                head.countDown();
            }
            client.socket().setSoTimeout(5_000);
            assertThat(client.reply().startLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.send("body").reply().text()).isEqualTo("body");
        }
    }

    @Test
    void aCapturedCallIsToldToContinueAndItsExpectationGoesOn() throws Exception {
        upstream.script(peer -> {
            while (!RawMessage.line(peer.in()).isEmpty()) {}
            peer.write("HTTP/1.1 100 Continue\r\n\r\n");
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"
                    + new String(peer.in().readNBytes(4)));
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("PUT /captured HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.reply().startLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.send("body").reply().text()).isEqualTo("body");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void anUpstreamThatIgnoresTheExpectationGetsTheBodyAllTheSame(String path) throws Exception {
        try (RawClient client = new RawClient(edge.port())) {
            client.send(
                    "PUT " + path + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nbody");
            RawMessage reply = client.reply();
            if (reply.isInterim()) reply = client.reply();
            assertThat(reply.text()).isEqualTo("ok");
        }
        assertThat(upstream.seen().getFirst().text()).isEqualTo("body");
    }

    @Test
    void aRefusedExpectationReachesTheClientWithoutABody() throws Exception {
        upstream.script(peer -> {
            while (!RawMessage.line(peer.in()).isEmpty()) {}
            peer.write("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("PUT /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.reply().status()).isEqualTo(417);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void earlyHintsPass() throws Exception {
        upstream.script(peer -> {
            peer.request();
            peer.write("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" + OK);
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
            RawMessage hints = client.reply();
            assertThat(hints.status()).isEqualTo(103);
            assertThat(hints.headers()).contains("Link: </a.css>; rel=preload");
            assertThat(client.reply().text()).isEqualTo("ok");
        }
    }
}
