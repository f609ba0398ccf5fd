package io.eventful.edge;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One HTTP/1 message as it was on the wire; nothing is normalised but the chunks of its body. */
record RawMessage(String startLine, List<String> headers, byte[] body, List<String> trailers) {

    /** How a reply's body is told apart. */
    enum Kind {
        REQUEST,
        REPLY,
        REPLY_WITHOUT_BODY
    }

    static RawMessage read(InputStream in, Kind kind) throws IOException {
        return head(in).withBody(in, kind);
    }

    static RawMessage head(InputStream in) throws IOException {
        String start = line(in);
        while (start.isEmpty()) start = line(in);
        return new RawMessage(start, lines(in), new byte[0], List.of());
    }

    RawMessage withBody(InputStream in, Kind kind) throws IOException {
        RawMessage head = this;
        int status = kind == Kind.REQUEST ? 0 : head.status();
        if (kind == Kind.REPLY_WITHOUT_BODY || head.isInterim() || status == 204 || status == 304) return head;
        if (head.first("transfer-encoding").isPresent()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
                body.write(in.readNBytes(size));
                line(in);
            }
            return new RawMessage(startLine, headers, body.toByteArray(), lines(in));
        }
        Optional<String> length = head.first("content-length");
        if (length.isPresent()) {
            int expected = Integer.parseInt(length.get());
            byte[] body = in.readNBytes(expected);
            if (body.length < expected) throw new EOFException("body broke off after " + body.length);
            return new RawMessage(startLine, headers, body, List.of());
        }
        if (kind == Kind.REQUEST) return head;
        return new RawMessage(startLine, headers, in.readAllBytes(), List.of());
    }

    private static int chunkSize(InputStream in) throws IOException {
        String line = line(in);
        int end = line.indexOf(';');
        return Integer.parseInt(end < 0 ? line : line.substring(0, end), 16);
    }

    private static List<String> lines(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) lines.add(line);
        return lines;
    }

    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) throw new EOFException("closed after: " + line);
            if (c != '\r') line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    boolean isInterim() {
        return startLine.startsWith("HTTP/") && status() < 200 && status() != 101;
    }

    int status() {
        return Integer.parseInt(startLine.split(" ", 3)[1]);
    }

    String method() {
        return startLine.split(" ", 2)[0];
    }

    String target() {
        return startLine.split(" ", 3)[1];
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    /** Header lines in order, without those of one hop and those a proxy adds; framing told apart by a word. */
    List<String> endToEnd() {
        List<String> lines = new ArrayList<>();
        for (String line : headers) {
            String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
            boolean hop = List.of("connection", "keep-alive", "proxy-connection", "te", "upgrade")
                    .contains(name);
            if (!hop && !name.startsWith("x-forwarded-") && !name.equals("transfer-encoding")) {
                // White space around a value is not part of it (RFC 9110 §5.5).
                lines.add(line.substring(0, name.length()) + ": "
                        + line.substring(name.length() + 1).strip());
            }
        }
        return lines;
    }

    boolean isChunked() {
        return first("transfer-encoding").isPresent();
    }
}
