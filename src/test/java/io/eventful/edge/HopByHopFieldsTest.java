package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which fields end here and which go on (RFC 9110 section 7.6.1). */
class HopByHopFieldsTest extends EdgeFixture {

    private RawMessage seen(String request) throws Exception {
        try (RawClient client = new RawClient(edge.port())) {
            assertThat(client.send(request).reply().status()).isEqualTo(200);
        }
        return upstream.seen().getLast();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void fieldsOfTheClientsConnectionEndHere(String path) throws Exception {
        RawMessage seen = seen("PUT " + path + " HTTP/1.1\r\nHost: a\r\nConnection: x-hop , keep-alive\r\n"
                + "Connection: X-Other\r\nX-Hop: 1\r\nX-OTHER: 2\r\nX-Kept: 3\r\nKeep-Alive: timeout=5\r\n"
                + "Proxy-Connection: keep-alive\r\nContent-Length: 0\r\n\r\n");
        for (String gone : List.of("connection", "x-hop", "x-other", "keep-alive", "proxy-connection"))
            assertThat(seen.first(gone)).as(gone).isEmpty();
        assertThat(seen.first("x-kept")).contains("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void aClientCannotTakeAwayWhatTheSystemBehindReliesOn(String path) throws Exception {
        String fields = "Host: shop.example\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n"
                + "Authorization: Bearer ada\r\nCookie: a=b\r\nCache-Control: no-cache\r\n";
        RawMessage seen = seen("PUT " + path + " HTTP/1.1\r\n" + fields
                + "Connection: Host, Content-Length, Content-Type, Authorization, Cookie, Cache-Control,"
                + " X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host\r\n\r\nhi");
        assertThat(seen.first("host")).contains("shop.example");
        assertThat(seen.first("content-type")).contains("text/plain");
        assertThat(seen.first("authorization")).contains("Bearer ada");
        assertThat(seen.first("cookie")).contains("a=b");
        assertThat(seen.first("cache-control")).contains("no-cache");
        assertThat(seen.first("x-forwarded-for")).contains("127.0.0.1");
        assertThat(seen.first("x-forwarded-proto")).contains("http");
        assertThat(seen.first("x-forwarded-host")).contains("shop.example");
        assertThat(seen.text()).isEqualTo("hi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void fieldsOfTheSystemsConnectionEndHere(String path) throws Exception {
        upstream.script(RecordingUpstream.always("HTTP/1.1 200 OK\r\nConnection: X-Hop, Cache-Control\r\nX-Hop: 1\r\n"
                + "Keep-Alive: timeout=5\r\nCache-Control: private\r\nX-Kept: 2\r\nContent-Length: 2\r\n\r\nok"));
        try (RawClient client = new RawClient(edge.port())) {
            RawMessage reply = client.send("PUT " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
                    .reply();
            for (String gone : List.of("connection", "x-hop", "keep-alive"))
                assertThat(reply.first(gone)).as(gone).isEmpty();
            assertThat(reply.first("cache-control")).contains("private");
            assertThat(reply.first("x-kept")).contains("2");
        }
    }

    @ParameterizedTest
    @CsvSource({"trailers, true", "'gzip, Trailers', true", "gzip, false"})
    void trailersAreAskedForAgain(String te, boolean asked) throws Exception {
        RawMessage seen =
                seen("PUT /plain HTTP/1.1\r\nHost: a\r\nConnection: TE\r\nTE: " + te + "\r\nContent-Length: 0\r\n\r\n");
        assertThat(seen.all("te")).isEqualTo(asked ? List.of("trailers") : List.of());
        assertThat(seen.all("connection")).isEqualTo(asked ? List.of("TE") : List.of());
    }

    @Test
    void onlyAGetThatSaysSoOfItsConnectionIsUpgraded() throws Exception {
        String upgrade = " /plain HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nContent-Length: 0\r\n";
        assertThat(seen("POST" + upgrade + "Connection: Upgrade\r\n\r\n").first("upgrade"))
                .isEmpty();
        assertThat(seen("GET" + upgrade + "\r\n").first("upgrade")).isEmpty();
        assertThat(seen("GET" + upgrade + "Connection: Upgrade\r\n\r\n").first("upgrade"))
                .contains("websocket");
    }
}
