package io.eventful.routetest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 connection to a stand-in: as much of RFC 9112 as the gateway's clients use. Blocks. */
final class StubConnection {

    private static final int MAX_LINE = 1 << 16;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    StubConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** The next request; null at the end of the connection. */
    @Nullable
    StubRequest read() throws IOException {
        String line = line();
        if (line == null) return null;
        String[] start = line.split(" ", 3);
        if (start.length < 3) throw new EOFException("not a request line");
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String field = line(); field != null && !field.isEmpty(); field = line()) {
            int colon = field.indexOf(':');
            if (colon < 1) continue;
            headers.computeIfAbsent(field.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(field.substring(colon + 1).strip());
        }
        if (headers.getOrDefault("expect", List.of()).contains("100-continue"))
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return new StubRequest(start[0], start[1], headers, body(headers));
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        List<String> length = headers.get("content-length");
        if (length != null) return in.readNBytes(Integer.parseInt(length.getFirst()));
        if (!headers.containsKey("transfer-encoding")) return new byte[0];
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line();
            if (size == null) throw new EOFException("no chunk");
            int bytes = Integer.parseInt(size.split(";", 2)[0].strip(), 16);
            body.write(in.readNBytes(bytes));
            String end = line();
            if (bytes == 0) {
                while (end != null && !end.isEmpty()) end = line();
                return body.toByteArray();
            }
        }
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                if (line.size() == 0) return null;
                throw new EOFException("a line without an end");
            }
            if (line.size() > MAX_LINE) throw new IOException("a line is too long");
            if (next != '\r') line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    void write(StubRequest request, StubReply reply) throws IOException {
        boolean bare = reply.status() == 204 || reply.status() == 304 || reply.status() < 200;
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Stub\r\n");
        reply.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (!bare) head.append("Content-Length: ").append(reply.body().length).append("\r\n");
        // A fresh connection for each request: a reset is then no closing that a client may overlook.
        head.append("Connection: close\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        boolean whole = reply.failure() != StubReply.Failure.TRUNCATE;
        if (!bare && !request.method().equals("HEAD"))
            out.write(reply.body(), 0, whole ? reply.body().length : reply.body().length / 2);
        out.flush();
        if (!whole) reset();
    }

    /** Ends the connection so that the other side notices. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
