package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies whose body breaks off or is malformed: a client that got nothing would send its request again. */
class BrokenReplyTest extends EdgeFixture {

    private static final String CREATED =
            "HTTP/1.1 201 Made Here\r\nLocation: /things/1\r\nX-A: 1\r\nContent-Type: application/json\r\n";

    private void answering(String reply) {
        upstream.script(peer -> {
            peer.request();
            peer.write(reply);
            peer.socket().close();
        });
    }

    private RawClient post(String path) throws IOException {
        return new RawClient(edge.port()).send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");
    }

    private static void isProblem(RawMessage reply) {
        assertThat(reply.startLine()).isEqualTo("HTTP/1.1 502 Bad Gateway");
        assertThat(reply.first("content-type")).contains("application/problem+json");
        assertThat(reply.text()).contains("it may have executed the request");
        assertThat(reply.first("location")).isEmpty();
        assertThat(reply.first("x-a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/captured"})
    void theHeadAndWhatCameOfTheBodyAreShownBeforeTheCut(String path) throws IOException {
        answering(CREATED + "Content-Length: 200\r\n\r\n{\"id\":\"1\",\"x\":");
        try (RawClient client = post(path)) {
            RawMessage head = RawMessage.head(client.in());
            assertThat(head.startLine()).isEqualTo("HTTP/1.1 201 Made Here");
            assertThat(head.first("location")).contains("/things/1");
            assertThat(head.first("content-length")).contains("200");
            assertThat(new String(client.in().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"id\":\"1\",\"x\":");
        }
        assertThat(upstream.seen()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"/plain,''", "/captured,''", "/plain,'5\r\nhel'", "/captured,'5\r\nhel'", "/captured,'3\r\nhel\r\n'"})
    void aChunkedBodyThatBreaksOffHasNoLastChunk(String path, String part) throws IOException {
        answering(CREATED + "Transfer-Encoding: chunked\r\n\r\n" + part);
        try (RawClient client = post(path)) {
            RawMessage head = RawMessage.head(client.in());
            assertThat(head.status()).isEqualTo(201);
            assertThat(head.isChunked()).isTrue();
            assertThat(new String(client.in().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(part.isEmpty() ? "" : "3\r\nhel\r\n");
        }
        assertThat(upstream.seen()).hasSize(1);
    }

    /** To HTTP/1.0, the end of the connection would be the end of the body. */
    @Test
    void whereAClientCouldTakeAPartForTheWholeItGetsAProblem() throws IOException {
        answering(CREATED + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel");
        try (RawClient client = new RawClient(edge.port())) {
            RawMessage reply = client.send("POST /captured HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}")
                    .reply();
            assertThat(reply.startLine()).isEqualTo("HTTP/1.0 502 Bad Gateway");
            assertThat(reply.first("location")).isEmpty();
            assertThat(reply.first("connection")).contains("close");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+2", "-2", "0x2", "2 3", "2 x", "2\0", "\u000b2", "\u001f2", "2\f", " 2", "\t2", "2\t3", "2\rx", "",
                ";x", "2 3;x", "2\u00a0"
            })
    void aMalformedChunkSizeIsAProblem(String size) throws IOException {
        answering(CREATED + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n{}\r\n0\r\n\r\n");
        for (String path : new String[] {"/plain", "/captured"}) {
            try (RawClient client = post(path)) {
                isProblem(client.reply());
                // The connection of the client goes on.
                upstream.script(RecordingUpstream.always(OK));
                assertThat(client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
                                .reply()
                                .text())
                        .isEqualTo("ok");
            }
            answering(CREATED + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n{}\r\n0\r\n\r\n");
        }
        assertThat(upstream.seen()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "02", "2;x", "2 ;x", "2;a=\"b;c\"", "2 ", "2\t "})
    void aChunkSizeMayHaveExtensionsAndServersPadIt(String size) throws IOException {
        upstream.script(RecordingUpstream.always(CREATED + "Transfer-Encoding: chunked\r\n\r\n" + size
                + "\r\n{}\r\n00A\r\n0123456789\r\n000\r\nX-Sum: 1\r\n\r\n"));
        for (String path : new String[] {"/plain", "/captured", "/plain"}) {
            try (RawClient client = post(path)) {
                RawMessage reply = client.reply();
                assertThat(reply.text()).isEqualTo("{}0123456789");
                assertThat(reply.trailers()).containsExactly("X-Sum: 1");
            }
        }
    }

    @Test
    void aMalformedChunkAfterTheHeadHasGoneAbortsTheBody() throws Exception {
        CountDownLatch shown = new CountDownLatch(1);
        upstream.script(peer -> {
            peer.request();
            peer.write(CREATED + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");
            shown.await();
            peer.write("2 x\r\n{}\r\n0\r\n\r\n");
        });
        try (RawClient client = post("/plain")) {
            RawMessage head = RawMessage.head(client.in());
            assertThat(head.status()).isEqualTo(201);
            assertThat(client.in().readNBytes(7)).asString().isEqualTo("2\r\n{}\r\n");
            shown.countDown();
            assertThat(client.in().readAllBytes()).isEmpty();
        }
    }

    @Test
    void aLargeChunkedReplyInManyPiecesPasses() throws IOException {
        String piece = "x".repeat(70_001);
        String chunk = Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n";
        upstream.script(RecordingUpstream.always(
                CREATED + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(20) + "1\r\ny\r\n0\r\n\r\n"));
        try (RawClient client = post("/plain")) {
            assertThat(client.reply().text()).isEqualTo(piece.repeat(20) + "y");
        }
        answering("HTTP/1.1 200 OK\r\n\r\n2 3\r\nno chunk");
        try (RawClient client = post("/plain")) {
            assertThat(client.reply().text()).isEqualTo("2 3\r\nno chunk");
        }
        answering(CREATED + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk);
        assertThatThrownBy(() -> post("/plain").reply()).isInstanceOf(IOException.class);
    }
}
