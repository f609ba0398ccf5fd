package io.eventful.edge;

import static io.eventful.edge.Http2Frames.CONTINUATION;
import static io.eventful.edge.Http2Frames.DATA;
import static io.eventful.edge.Http2Frames.END_HEADERS;
import static io.eventful.edge.Http2Frames.END_STREAM;
import static io.eventful.edge.Http2Frames.HEADERS;
import static io.eventful.edge.Http2Frames.PING;
import static io.eventful.edge.Http2Frames.PRIORITY;
import static io.eventful.edge.Http2Frames.PUSH_PROMISE;
import static io.eventful.edge.Http2Frames.RST_STREAM;
import static io.eventful.edge.Http2Frames.SETTINGS;
import static io.eventful.edge.Http2Frames.WINDOW_UPDATE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What RFC 9113 forbids a client, each in a form that it may take. */
final class Http2Violations {

    static final int ALL = END_HEADERS | END_STREAM;

    private Http2Violations() {}

    @FunctionalInterface
    interface Sending {
        void to(Http2Frames client) throws IOException;
    }

    record Case(String name, Sending sending) {
        @Override
        public String toString() {
            return name;
        }
    }

    static String[] get(String... more) {
        List<String> fields = new ArrayList<>(
                List.of(":method", "GET", ":scheme", "http", ":path", "/captured/x", ":authority", "shop.example"));
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }

    private static Case request(String name, String... fields) {
        return new Case(name, client -> client.headers(ALL, 1, fields));
    }

    static Case withBody(String name, String body, String... fields) {
        return new Case(name, client -> {
            client.headers(END_HEADERS, 1, fields);
            client.frame(DATA, END_STREAM, 1, body.getBytes());
        });
    }

    static Stream<Case> malformed() {
        return Stream.of(
                request("connection", get("connection", "close")),
                request("keep-alive", get("keep-alive", "timeout=5")),
                request("proxy-connection", get("proxy-connection", "close")),
                request("transfer-encoding", get("transfer-encoding", "chunked")),
                request("upgrade", get("upgrade", "websocket")),
                request("te other than trailers", get("te", "gzip")),
                request("upper case", get("X-Upper", "1")),
                request("unknown pseudo field", get(":unknown", "1")),
                request("pseudo field of replies", get(":status", "200")),
                new Case("pseudo field after a field", client -> {
                    ByteArrayOutputStream block = new ByteArrayOutputStream();
                    block.writeBytes(client.block("x", "1"));
                    block.writeBytes(client.block(get()));
                    client.frame(HEADERS, ALL, 1, block.toByteArray());
                }),
                request("no method", ":scheme", "http", ":path", "/", ":authority", "a"),
                request("no scheme", ":method", "GET", ":path", "/", ":authority", "a"),
                request("no path", ":method", "GET", ":scheme", "http", ":authority", "a"),
                request("empty path", ":method", "GET", ":scheme", "http", ":path", "", ":authority", "a"),
                request("two methods", get(":method", "POST")),
                request("two paths", get(":path", "/b")),
                request("no authority", ":method", "GET", ":scheme", "http", ":path", "/"),
                request(
                        "authority with user",
                        ":method",
                        "GET",
                        ":scheme",
                        "http",
                        ":path",
                        "/",
                        ":authority",
                        "u:p@a"),
                request(
                        "authority with a space",
                        ":method",
                        "GET",
                        ":scheme",
                        "http",
                        ":path",
                        "/",
                        ":authority",
                        "a b"),
                request("host that differs", get("host", "other.example")),
                request("line feed in a value", get("x", "a\nb")),
                request("carriage return in a value", get("x", "a\r\nInjected: 1")),
                request("nul in a value", get("x", "a\0b")),
                request(
                        "line feed in the path",
                        ":method",
                        "GET",
                        ":scheme",
                        "http",
                        ":path",
                        "/a\r\nX: 1",
                        ":authority",
                        "a"),
                request("space in the path", ":method", "GET", ":scheme", "http", ":path", "/a b", ":authority", "a"),
                request("fragment", ":method", "GET", ":scheme", "http", ":path", "/a#b", ":authority", "a"),
                request("absolute path", ":method", "GET", ":scheme", "http", ":path", "http://b/a", ":authority", "a"),
                request("relative path", ":method", "GET", ":scheme", "http", ":path", "a", ":authority", "a"),
                request("star of GET", ":method", "GET", ":scheme", "http", ":path", "*", ":authority", "a"),
                request("connect", ":method", "CONNECT", ":authority", "a:443"),
                request("field with an empty name", get("", "x")),
                request("field with a space in its name", get("a b", "x")),
                request("length without a body", get("content-length", "3")),
                request("two lengths", get("content-length", "0", "content-length", "1")),
                request("length that is no number", get("content-length", "+0")),
                request("head above its limit", get("x", "v".repeat(9_000))));
    }

    static Stream<Case> broken() {
        return Stream.of(
                request("method with a space", ":method", "GET /x", ":scheme", "http", ":path", "/", ":authority", "a"),
                new Case("data on a stream never opened", client -> client.frame(DATA, END_STREAM, 1, (byte) 1)),
                new Case("headers on an even stream", client -> client.headers(ALL, 2, get())),
                new Case("headers on stream 0", client -> client.headers(ALL, 0, get())),
                new Case("data on stream 0", client -> client.frame(DATA, 0, 0, (byte) 1)),
                new Case("rst on stream 0", client -> client.frame(RST_STREAM, 0, 0, new byte[4])),
                new Case("rst of an idle stream", client -> client.frame(RST_STREAM, 0, 1, new byte[4])),
                new Case("rst of a wrong size", client -> {
                    client.headers(END_HEADERS, 1, get());
                    client.frame(RST_STREAM, 0, 1, new byte[3]);
                }),
                new Case("settings of a wrong size", client -> client.frame(SETTINGS, 0, 0, new byte[5])),
                new Case("settings on a stream", client -> client.frame(SETTINGS, 0, 1)),
                new Case("settings ack with a payload", client -> client.frame(SETTINGS, 1, 0, new byte[6])),
                new Case(
                        "window beyond its maximum",
                        client -> client.frame(SETTINGS, 0, 0, new byte[] {0, 4, -1, -1, -1, -1})),
                new Case("push switched to 2", client -> client.frame(SETTINGS, 0, 0, new byte[] {0, 2, 0, 0, 0, 2})),
                new Case(
                        "frame size below its minimum",
                        client -> client.frame(SETTINGS, 0, 0, new byte[] {0, 5, 0, 0, 0, 1})),
                new Case("ping of a wrong size", client -> client.frame(PING, 0, 0, new byte[7])),
                new Case("ping on a stream", client -> client.frame(PING, 0, 1, new byte[8])),
                new Case(
                        "window update of 0 on the connection",
                        client -> client.frame(WINDOW_UPDATE, 0, 0, new byte[4])),
                new Case("window update of a wrong size", client -> client.frame(WINDOW_UPDATE, 0, 0, new byte[3])),
                new Case("window of the connection overflows", client -> {
                    client.frame(WINDOW_UPDATE, 0, 0, new byte[] {127, -1, -1, -1});
                    client.frame(WINDOW_UPDATE, 0, 0, new byte[] {127, -1, -1, -1});
                }),
                new Case("priority on stream 0", client -> client.frame(PRIORITY, 0, 0, new byte[5])),
                new Case("push by a client", client -> client.frame(PUSH_PROMISE, END_HEADERS, 1, new byte[4])),
                new Case("continuation without headers", client -> client.frame(CONTINUATION, END_HEADERS, 1)),
                new Case("another frame within a head", client -> {
                    client.frame(HEADERS, END_STREAM, 1, client.block(get()));
                    client.frame(PING, 0, 0, new byte[8]);
                }),
                new Case("a frame larger than agreed", client -> client.frame(DATA, 0, 1, new byte[20_000])),
                new Case(
                        "padding longer than its frame",
                        client -> client.frame(HEADERS, ALL | 8, 1, new byte[] {9, 1})),
                new Case(
                        "hpack index that does not exist",
                        client -> client.frame(HEADERS, ALL, 1, new byte[] {(byte) 0xff, 0x7f})),
                new Case(
                        "hpack table above its limit",
                        client -> client.frame(HEADERS, ALL, 1, new byte[] {0x3f, -1, -1, 3})),
                new Case("a stream id that goes back", client -> {
                    client.frame(PRIORITY, 0, 5, new byte[] {0, 0, 0, 0, 1});
                    client.headers(END_HEADERS, 5, get());
                    client.headers(ALL, 3, get());
                }));
    }
}
