package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the connection: closed, shared, upgraded. */
class ConnectionTest extends EdgeFixture {

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void aClosedReplyWithoutALengthArrivesWhole(String path) throws Exception {
        upstream.script(peer -> {
            peer.request();
            peer.write("HTTP/1.1 200 OK\r\n\r\nuntil the end");
            peer.socket().close();
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.reply().text()).isEqualTo("until the end");
        }
    }

    @ParameterizedTest
    @CsvSource({"/plain, 'close'", "/plain, 'close, TE'", "/captured, 'TE, Close'", "/.eventful/none, 'TE,close'"})
    void aConnectionIsClosedWhenItsClientSaysSoAmongOtherThings(String path, String options) throws Exception {
        try (RawClient client = new RawClient(edge.port())) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nConnection: " + options + "\r\n\r\n");
            assertThat(client.reply().first("connection")).contains("close");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void anHttp10ClientGetsAClosedReplyWithoutChunks() throws Exception {
        upstream.script(RecordingUpstream.always(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
        try (RawClient client = new RawClient(edge.port())) {
            client.send("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            RawMessage reply = client.reply();
            assertThat(reply.isChunked()).isFalse();
            assertThat(reply.text()).isEqualTo("hello");
        }
        assertThat(upstream.seen().getFirst().all("host")).hasSize(1);
    }

    @Test
    void manyRequestsShareAConnectionAndMayBePipelined() throws Exception {
        upstream.script(peer -> {
            RawMessage request = peer.request();
            String body = request.target() + request.text();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        });
        try (RawClient client = new RawClient(edge.port())) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                all.append("POST /").append(i % 2 == 0 ? "plain" : "captured").append(i);
                all.append(" HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n").append(100 + i);
            }
            client.send(all.toString());
            for (int i = 0; i < 50; i++) {
                assertThat(client.reply().text()).isEqualTo("/" + (i % 2 == 0 ? "plain" : "captured") + i + (100 + i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "custom/1"})
    void anUpgradedConnectionCarriesBytesBothWays(String protocol) throws Exception {
        upstream.script(peer -> {
            RawMessage request = peer.request();
            assertThat(request.first("upgrade")).contains(protocol);
            assertThat(request.first("connection")).contains("Upgrade");
            assertThat(request.first("sec-websocket-key")).contains("k");
            peer.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: " + protocol
                    + "\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s\r\n\r\nfirst");
            byte[] echo = peer.in().readNBytes(4);
            peer.out().write(echo);
            peer.out().flush();
            peer.socket().close();
        });
        try (RawClient client = new RawClient(edge.port())) {
            client.send("GET /ws HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: " + protocol
                    + "\r\nSec-WebSocket-Key: k\r\n\r\n");
            RawMessage reply = client.replyWithoutBody();
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.first("sec-websocket-accept")).contains("s");
            assertThat(reply.first("upgrade")).contains(protocol);
            assertThat(new String(client.in().readNBytes(5))).isEqualTo("first");
            client.send(new byte[] {0, (byte) 0x81, 2, 3});
            assertThat(client.in().readNBytes(4)).containsExactly(0, 0x81, 2, 3);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void aRefusedUpgradeIsAnOrdinaryReply() throws Exception {
        try (RawClient client = new RawClient(edge.port())) {
            String request = "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
            assertThat(client.send(request).reply().text()).isEqualTo("ok");
            assertThat(client.send(request).reply().text()).isEqualTo("ok");
        }
        assertThat(upstream.accepted()).isEqualTo(2);
    }

    @Test
    void anOfferOfHttp2InClearTextIsNotPassedOn() throws Exception {
        try (RawClient client = new RawClient(edge.port())) {
            client.send("GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABk\r\n\r\n");
            assertThat(client.reply().text()).isEqualTo("ok");
        }
        RawMessage seen = upstream.seen().getFirst();
        assertThat(seen.first("upgrade")).isEmpty();
        assertThat(seen.first("http2-settings")).isEmpty();
        assertThat(seen.first("connection")).isEmpty();
    }
}
