package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What two parsers could read differently is answered 400, the connection is closed, and nothing of it goes on. */
class SmugglingTest {

    private static final String HOST = "Host: a\r\n";
    private static final String NEXT = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    private static RecordingUpstream upstream;
    private static Edge edge;

    @BeforeAll
    static void start() throws IOException {
        upstream = new RecordingUpstream(RecordingUpstream.always("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        edge = new Edge(upstream.port()).capturing("/captured");
    }

    @AfterAll
    static void stop() throws IOException {
        edge.close();
        upstream.close();
    }

    static Stream<Arguments> hostile() {
        Map<String, String> all = new LinkedHashMap<>();
        String post = "POST PATH HTTP/1.1\r\n" + HOST;
        all.put("length and coding", post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        all.put("coding and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n");
        all.put("two lengths", post + "Content-Length: 0\r\nContent-Length: 4\r\n\r\nabcd");
        all.put("two equal lengths", post + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd");
        all.put("a list of lengths", post + "Content-Length: 4, 4\r\n\r\nabcd");
        all.put("a signed length", post + "Content-Length: +4\r\n\r\nabcd");
        all.put("a negative length", post + "Content-Length: -4\r\n\r\nabcd");
        all.put("a hexadecimal length", post + "Content-Length: 0x4\r\n\r\nabcd");
        all.put("an empty length", post + "Content-Length:\r\n\r\nabcd");
        all.put("a length with a space", post + "Content-Length: 4 4\r\n\r\nabcd");
        all.put("a length beyond 63 bits", post + "Content-Length: 99999999999999999999\r\n\r\nabcd");
        all.put("unknown coding", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n");
        all.put("gzip coding", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
        all.put("chunked twice", post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n");
        all.put("chunked not last", post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n");
        all.put("identity", post + "Transfer-Encoding: identity\r\n\r\n");
        all.put("two codings", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n");
        all.put("empty coding", post + "Transfer-Encoding:\r\n\r\n0\r\n\r\n");
        all.put("coding with a vertical tab", post + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n");
        all.put("coding in quotes", post + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n");
        all.put("coding in HTTP/1.0", "POST PATH HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        all.put("chunk size not hexadecimal", chunked("zz\r\nabcd\r\n0\r\n\r\n"));
        all.put("chunk size with a prefix", chunked("0x4\r\nabcd\r\n0\r\n\r\n"));
        all.put("negative chunk size", chunked("-4\r\nabcd\r\n0\r\n\r\n"));
        all.put("empty chunk size", chunked("\r\nabcd\r\n0\r\n\r\n"));
        all.put("chunk size beyond 31 bits", chunked("fffffffffffffffff\r\nabcd\r\n0\r\n\r\n"));
        all.put("chunk longer than its size", chunked("4\r\nabcdef\r\n0\r\n\r\n"));
        all.put("chunk ended by a bare line feed", chunked("4\r\nabcd\n0\r\n\r\n"));
        all.put("chunk size ended by a bare line feed", chunked("4;x\nabcd\r\n0\r\n\r\n"));
        all.put("carriage return in a chunk extension", chunked("4;a\rb\r\nabcd\r\n0\r\n\r\n"));
        for (String size :
                new String[] {"2 3", "2 x", "2\0", "\u000b2", "\u001f2", "2\f", " 2", "\t2", "2 ", "2\t", "+2"})
            all.put("chunk size " + visible(size), chunked(size + "\r\nab\r\n0\r\n\r\n"));
        all.put("space in a later chunk size", chunked("2\r\nab\r\n2 3\r\nab\r\n0\r\n\r\n"));
        all.put("blank after the last chunk size", chunked("2\r\nab\r\n0 \r\n\r\n"));
        all.put("space before the colon", "GET PATH HTTP/1.1\r\n" + HOST + "X-A : 1\r\n\r\n");
        all.put("space before the colon of a length", post + "Content-Length : 4\r\n\r\nabcd");
        all.put("no colon", "GET PATH HTTP/1.1\r\n" + HOST + "nonsense\r\n\r\n");
        all.put("empty name", "GET PATH HTTP/1.1\r\n" + HOST + ": 1\r\n\r\n");
        all.put("nul in a value", "GET PATH HTTP/1.1\r\n" + HOST + "X-A: a\0b\r\n\r\n");
        all.put("nul in a name", "GET PATH HTTP/1.1\r\n" + HOST + "X\0A: a\r\n\r\n");
        all.put("carriage return in a value", "GET PATH HTTP/1.1\r\n" + HOST + "X-A: a\rb\r\n\r\n");
        all.put("bare line feeds", "GET PATH HTTP/1.1\nHost: a\n\n");
        all.put("non-ascii name", "GET PATH HTTP/1.1\r\n" + HOST + "X-\u00e9: 1\r\n\r\n");
        all.put("name in brackets", "GET PATH HTTP/1.1\r\n" + HOST + "(X): 1\r\n\r\n");
        all.put("line folding at the first field", "GET PATH HTTP/1.1\r\n Host: a\r\n\r\n");
        all.put("no host", "GET PATH HTTP/1.1\r\nX-A: 1\r\n\r\n");
        all.put("two hosts", "GET PATH HTTP/1.1\r\n" + HOST + "Host: b\r\n\r\n");
        all.put("empty host", "GET PATH HTTP/1.1\r\nHost:\r\n\r\n");
        all.put("host with a path", "GET PATH HTTP/1.1\r\nHost: a/b\r\n\r\n");
        all.put("host with a user", "GET PATH HTTP/1.1\r\nHost: u@a\r\n\r\n");
        all.put("host list", "GET PATH HTTP/1.1\r\nHost: a, b\r\n\r\n");
        all.put("host with a bad port", "GET PATH HTTP/1.1\r\nHost: a:x\r\n\r\n");
        all.put("control character in the target", "GET PATH/\u0001 HTTP/1.1\r\n" + HOST + "\r\n");
        all.put("nul in the target", "GET PATH/\0 HTTP/1.1\r\n" + HOST + "\r\n");
        all.put("delete in the target", "GET PATH/\u007f HTTP/1.1\r\n" + HOST + "\r\n");
        all.put("space in the target", "GET PATH/a b HTTP/1.1\r\n" + HOST + "\r\n");
        all.put("tab in the target", "GET PATH/a\tb HTTP/1.1\r\n" + HOST + "\r\n");
        all.put("carriage return in the target", "GET PATH/a\rb HTTP/1.1\r\n" + HOST + "\r\n");
        all.put("fragment in the target", "GET PATH#x HTTP/1.1\r\n" + HOST + "\r\n");
        all.put("not utf-8 in the target", "GET PATH/\u00ff HTTP/1.1\r\n" + HOST + "\r\n");
        all.put("target without a slash", "GET x HTTP/1.1\r\n" + HOST + "\r\n");
        all.put("asterisk with GET", "GET * HTTP/1.1\r\n" + HOST + "\r\n");
        all.put("absolute-form of another scheme", "GET ftp://a/ HTTP/1.1\r\n" + HOST + "\r\n");
        all.put("absolute-form with a user", "GET http://u@a/ HTTP/1.1\r\n" + HOST + "\r\n");
        all.put("line with tabs", "GET\tPATH\tHTTP/1.1\r\n" + HOST + "\r\n");
        all.put("line with two spaces", "GET  PATH HTTP/1.1\r\n" + HOST + "\r\n");
        all.put("line with carriage returns", "GET\rPATH\rHTTP/1.1\r\n" + HOST + "\r\n");
        all.put("space before the method", " GET PATH HTTP/1.1\r\n" + HOST + "\r\n");
        all.put("another protocol", "GET PATH ICY/1.1\r\n" + HOST + "\r\n");
        all.put("method with a bracket", "G(T PATH HTTP/1.1\r\n" + HOST + "\r\n");
        all.put("no version", "GET PATH\r\n" + HOST + "\r\n");
        all.put("garbage", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\r\n\r\n");
        all.put(
                "websocket draft with a hidden body",
                "GET PATH HTTP/1.1\r\n" + HOST
                        + "Upgrade: WebSocket\r\n"
                        + "Connection: Upgrade\r\n"
                        + "Sec-WebSocket-Key1: 1\r\n"
                        + "Sec-WebSocket-Key2: 2\r\n\r\n");
        return all.entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isRefusedAndNeverForwarded(String name, String request) throws IOException {
        refused(request, "/plain");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isRefusedOnACapturedPathToo(String name, String request) throws IOException {
        refused(request, "/captured/1");
    }

    private static void refused(String request, String path) throws IOException {
        upstream.seen().clear();
        int connections = upstream.accepted();
        try (RawClient client = new RawClient(edge.port())) {
            client.send(request.replace("PATH", path) + NEXT);
            RawMessage reply = client.reply();
            assertThat(reply.status()).isEqualTo(400);
            if (!request.contains("HTTP/1.0")) assertThat(reply.startLine()).startsWith("HTTP/1.1 ");
            assertThat(reply.first("content-type")).contains("application/problem+json");
            assertThat(reply.first("connection")).contains("close");
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(upstream.seen()).isEmpty();
        assertThat(upstream.accepted()).isEqualTo(connections);
    }

    private static String visible(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) out.append(c > ' ' ? String.valueOf(c) : "<" + (int) c + ">");
        return out.toString();
    }

    private static String chunked(String body) {
        return "POST PATH HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + body;
    }
}
