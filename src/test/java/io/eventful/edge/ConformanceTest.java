package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case goes to the upstream directly and through the gateway; both sides must see the same. */
class ConformanceTest {

    /**
     * One case.
     *
     * @param request bytes sent; {@code PATH} in it is replaced by the path of the run
     * @param reply bytes the upstream answers with
     */
    record Case(String name, byte[] request, byte[] reply) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String HOST = "Host: shop.example\r\n";

    private static RecordingUpstream upstream;
    private static Edge edge;

    @BeforeAll
    static void start() throws IOException {
        upstream = new RecordingUpstream(RecordingUpstream.always(OK));
        edge = new Edge(upstream.port()).capturing("/captured");
    }

    @AfterAll
    static void stop() throws IOException {
        edge.close();
        upstream.close();
    }

    static Stream<Case> cases() throws IOException {
        List<Case> all = new ArrayList<>();
        get(all, "plain path", "PATH");
        get(all, "query with doubled and empty keys", "PATH?a=1&a=2&b&=c&&d=%20+");
        get(all, "empty query", "PATH?");
        get(all, "encoded slash", "PATH/a%2Fb%2fc");
        get(all, "doubled slashes", "PATH//x///y");
        get(all, "dot segments", "PATH/../PATH/./x");
        get(all, "odd but visible characters", "PATH/{a}|b^c\"<d>`e\\f;g=1,h");
        get(all, "bytes above ascii", "PATH/caf\u00c3\u00a9");
        get(all, "absolute-form", "http://shop.example/x?y=1");
        get(all, "broken escape", "PATH/%zz%4");
        all.add(of("asterisk-form", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n", OK));
        for (String method : List.of("PROPFIND", "PURGE", "FOO", "TRACE", "get", "M-SEARCH", "OPTIONS", "DELETE")) {
            all.add(of("method " + method, method + " PATH HTTP/1.1\r\n" + HOST + "\r\n", OK));
        }
        String put = "PUT PATH HTTP/1.1\r\n" + HOST;
        all.add(of(
                "fields in order, spelling and number",
                "GET PATH HTTP/1.1\r\n" + HOST
                        + "x-b: 1\r\nX-A: 2\r\nX-b: 3\r\nACCEPT:  */* \r\nCookie: a=1; b=2\r\nX-Empty:\r\nx-latin: caf\u00e9\r\n"
                        + "User-Agent: raw\r\nAccept-Encoding: gzip, br\r\nVia: 1.1 front\r\nCache-Control: no-cache\r\n\r\n",
                OK));
        all.add(of(
                "fields named in Connection are dropped only by the gateway's own hop",
                "GET PATH HTTP/1.1\r\n" + HOST + "Connection: keep-alive\r\nX-Kept: 1\r\n\r\n",
                OK));
        all.add(of(
                "form put",
                put + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 11\r\n\r\na=1&b=%20&c",
                OK));
        all.add(of(
                "form delete",
                "DELETE PATH HTTP/1.1\r\n" + HOST
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=1",
                OK));
        String multipart =
                "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n\0\1\2\3\r\n--b--\r\n";
        all.add(of(
                "multipart",
                "POST PATH HTTP/1.1\r\n" + HOST + "Content-Type: multipart/form-data; boundary=b\r\n"
                        + "Content-Length: " + multipart.length() + "\r\n\r\n" + multipart,
                OK));
        all.add(of("get with a body", "GET PATH HTTP/1.1\r\n" + HOST + "Content-Length: 4\r\n\r\nbody", OK));
        all.add(of("post without a body or length", "POST PATH HTTP/1.1\r\n" + HOST + "\r\n", OK));
        all.add(of("post of length zero", "POST PATH HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n\r\n", OK));
        all.add(of(
                "chunked, with extensions",
                "POST PATH HTTP/1.1\r\n" + HOST
                        + "Transfer-Encoding: chunked\r\n\r\n4;a=b;c=\"d\"\r\nwiki\r\n6\r\npedia!\r\n0\r\n\r\n",
                OK));
        all.add(of(
                "chunked and empty",
                "POST PATH HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                OK));
        all.add(new Case(
                "binary body",
                join(put + "Content-Encoding: gzip\r\nContent-Length: " + gzip().length + "\r\n\r\n", gzip()),
                latin(OK)));
        all.add(of(
                "conditional",
                put + "If-Match: \"v1\"\r\nIf-None-Match: *\r\nContent-Length: 1\r\n\r\nx",
                "HTTP/1.1 412 Precondition Failed\r\nContent-Length: 0\r\n\r\n"));
        reply(
                all,
                "gzip reply",
                join(
                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nVary: Accept-Encoding\r\nContent-Length: "
                                + gzip().length + "\r\n\r\n",
                        gzip()));
        reply(
                all,
                "reply fields untouched",
                "HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nserver: x\r\n"
                        + "Set-Cookie: a=1; Path=/\r\nSET-COOKIE: b=2\r\nset-cookie: c=3\r\nCache-Control: max-age=1\r\nCache-Control: private\r\n"
                        + "Via: 1.0 fred\r\nWarning: 110 - \"stale\"\r\nETag: W/\"x\"\r\nX-Empty:\r\nLast-Modified: yesterday\r\nLocation: /a b\r\nX-Latin: caf\u00e9\r\nContent-Length: 0\r\n\r\n");
        reply(all, "no date is added", OK);
        reply(
                all,
                "chunked reply",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\nhello\r\n1\r\n!\r\n0\r\n\r\n");
        reply(all, "chunked and empty reply", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        reply(
                all,
                "reply trailers",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n1\r\na\r\n0\r\nX-Sum: 9\r\n\r\n");
        reply(
                all,
                "range",
                "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-1/10\r\nContent-Length: 2\r\n\r\nab");
        reply(all, "204", "HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n");
        reply(all, "304 with a length", "HTTP/1.1 304 Not Modified\r\nETag: \"e\"\r\nContent-Length: 99\r\n\r\n");
        reply(all, "304 without a length", "HTTP/1.1 304 Not Modified\r\nETag: \"e\"\r\n\r\n");
        reply(all, "304 with another reason", "HTTP/1.1 304 Same\r\nETag: \"e\"\r\n\r\n");
        reply(all, "own reason", "HTTP/1.1 200 Fine and dandy\r\nContent-Length: 0\r\n\r\n");
        reply(all, "no reason", "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n");
        reply(all, "unknown status", "HTTP/1.1 299 Odd\r\nContent-Length: 1\r\n\r\nx");
        reply(
                all,
                "redirect is not followed",
                "HTTP/1.1 302 Found\r\nLocation: http://other.example/\r\nContent-Length: 0\r\n\r\n");
        reply(all, "error", "HTTP/1.1 500 Oops\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nboom");
        reply(all, "503 with retry-after", "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");
        reply(
                all,
                "upstream's connection fields stay with it",
                "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5\r\nContent-Length: 0\r\n\r\n");
        String headOnly = "HEAD PATH HTTP/1.1\r\n" + HOST + "\r\n";
        all.add(of("head with a length", headOnly, "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\nX-A: 1\r\n\r\n"));
        all.add(of("head without a length", headOnly, "HTTP/1.1 200 OK\r\nX-A: 1\r\n\r\n"));
        all.add(of("head of nothing", headOnly, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void passesUnchanged(Case one) throws IOException {
        compare(one, "/plain/x");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void passesUnchangedOnACapturedPath(Case one) throws IOException {
        compare(one, "/captured/x");
    }

    private static void compare(Case one, String path) throws IOException {
        byte[] request = latin(new String(one.request(), StandardCharsets.ISO_8859_1).replace("PATH", path));
        upstream.script(RecordingUpstream.always(one.reply()));
        upstream.seen().clear();
        RawMessage direct = exchange(upstream.port(), request);
        RawMessage through = exchange(edge.port(), request);
        assertThat(upstream.seen()).hasSize(2);
        RawMessage seenDirect = upstream.seen().get(0);
        RawMessage seenThrough = upstream.seen().get(1);
        assertSame(seenDirect, seenThrough);
        assertSame(direct, through);
        assertThat(through.trailers()).isEqualTo(direct.trailers());
    }

    static void assertSame(RawMessage direct, RawMessage through) {
        assertThat(through.startLine()).isEqualTo(direct.startLine());
        assertThat(through.endToEnd()).isEqualTo(direct.endToEnd());
        assertThat(through.isChunked()).isEqualTo(direct.isChunked());
        assertThat(through.body()).isEqualTo(direct.body());
    }

    static RawMessage exchange(int port, byte[] request) throws IOException {
        boolean head = new String(request, 0, 4, StandardCharsets.ISO_8859_1).equals("HEAD");
        try (RawClient client = new RawClient(port)) {
            client.send(request);
            return head ? client.replyWithoutBody() : client.reply();
        }
    }

    private static void get(List<Case> all, String name, String target) {
        all.add(of(name, "GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n", OK));
    }

    private static void reply(List<Case> all, String name, String reply) {
        reply(all, name, latin(reply));
    }

    private static void reply(List<Case> all, String name, byte[] reply) {
        all.add(new Case("reply: " + name, latin("GET PATH HTTP/1.1\r\n" + HOST + "\r\n"), reply));
    }

    private static Case of(String name, String request, String reply) {
        return new Case(name, latin(request), latin(reply));
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(String head, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(latin(head));
        all.writeBytes(body);
        return all.toByteArray();
    }

    private static byte[] gzip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write("hello hello hello".getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
