package io.eventful.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The request line is three words with one space between them (RFC 9112 §3), and the version one that the port speaks. */
class RequestLineTest extends EdgeFixture {

    private void isRefused(String line, String status) throws IOException {
        try (RawClient client = new RawClient(edge.port())) {
            client.send(line + "\r\nHost: a\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
            RawMessage reply = client.reply();
            assertThat(reply.startLine()).isEqualTo("HTTP/1.1 " + status);
            assertThat(reply.first("content-type")).contains("application/problem+json");
            assertThat(reply.first("connection")).contains("close");
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(upstream.accepted()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r/x\rHTTP/1.1",
                "GET\r/x HTTP/1.1",
                "GET /x\rHTTP/1.1",
                "GET\u000b/x HTTP/1.1",
                "GET /x\u000bHTTP/1.1",
                "GET\f/x HTTP/1.1",
                "GET /x\fHTTP/1.1",
                "GET\t/x HTTP/1.1",
                "GET /x\tHTTP/1.1",
                "GET  /x HTTP/1.1",
                "GET /x  HTTP/1.1",
                "GET \t/x HTTP/1.1",
                " GET /x HTTP/1.1",
                "\tGET /x HTTP/1.1",
                "GET /x HTTP/1.1 ",
                "GET /x y HTTP/1.1",
                "GET /x HTTP/1.1 HTTP/1.1",
                "GET /x"
            })
    void anyOtherFormIs400(String line) throws IOException {
        isRefused(line, "400 Bad Request");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.2,505 HTTP Version Not Supported",
        "HTTP/2.0,505 HTTP Version Not Supported",
        "HTTP/0.9,505 HTTP Version Not Supported",
        "HTTP/9.9,505 HTTP Version Not Supported",
        "FOO/1.1,400 Bad Request",
        "ICY/1.1,400 Bad Request",
        "HTTPS/1.1,400 Bad Request",
        "http/1.1,400 Bad Request",
        "Http/1.1,400 Bad Request",
        "HTTP/1,400 Bad Request",
        "HTTP/1.11,400 Bad Request",
        "HTTP/1.x,400 Bad Request",
        "HTTP/1.1x,400 Bad Request"
    })
    void anotherVersionIsRefusedInHttp11(String version, String status) throws IOException {
        isRefused("PUT /captured/x " + version, status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRI * HTTP/2.0", "PRI * HTTP/2.0\r\n\r\nSM"})
    void aBrokenPrefaceIsRefusedInHttp11Too(String preface) throws IOException {
        isRefused(preface, "505 HTTP Version Not Supported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "\r\n\r\n"})
    void emptyLinesBeforeItAreIgnored(String before) throws IOException {
        for (String version : new String[] {"HTTP/1.1", "HTTP/1.0"}) {
            try (RawClient client = new RawClient(edge.port())) {
                client.send(before + "PUT /x " + version + "\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
                assertThat(client.reply().text()).isEqualTo("ok");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 9, 17, 18, 30})
    void aRequestMayComeInAnyPieces(int size) throws IOException {
        String request = "PROPFIND /captured/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5;x=y\r\nhello\r\n00C\r\n 2 3\r\n0\r\n\r\n!\r\n0\r\n\r\n";
        try (RawClient client = new RawClient(edge.port())) {
            for (int twice = 0; twice < 2; twice++) {
                for (int at = 0; at < request.length(); at += size)
                    client.send(request.substring(at, Math.min(request.length(), at + size)));
                assertThat(client.reply().text()).isEqualTo("ok");
            }
        }
        assertThat(upstream.seen()).extracting(RawMessage::text).containsOnly("hello 2 3\r\n0\r\n\r\n!");
    }

    /** Netty would put a slash behind the authority, and {@code OPTIONS http://a/} asks about something else. */
    @ParameterizedTest
    @CsvSource({
        "OPTIONS,http://other.example",
        "GET,http://other.example",
        "GET,HTTP://other.example:81",
        "GET,http://other.example?q=a/b",
        "GET,http://other.example/",
        "GET,https://other.example/x?q=http://a",
        "GET,http://[::1]?ä=\u20ac",
        "OPTIONS,*"
    })
    void anAbsoluteTargetArrivesAsItWasSent(String method, String target) throws IOException {
        String sent = new String(target.getBytes(UTF_8), ISO_8859_1);
        try (RawClient client = new RawClient(edge.port())) {
            client.send(method + " " + sent + " HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.reply().text()).isEqualTo("ok");
        }
        assertThat(upstream.seen())
                .extracting(RawMessage::startLine)
                .containsExactly(method + " " + sent + " HTTP/1.1");
    }
}
