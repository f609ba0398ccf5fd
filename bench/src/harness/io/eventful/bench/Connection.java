package io.eventful.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept-alive connection that sends the same request again and again and reads its answer to the last byte. */
final class Connection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final URI url;
    private final byte[] request;
    private final byte[] buffer = new byte[16 * 1024];
    private Socket socket;

    Connection(URI url, Method method) {
        this.url = url;
        this.request = request(url, method).getBytes(StandardCharsets.US_ASCII);
    }

    private static String request(URI url, Method method) {
        String head = method + " " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n";
        if (method == Method.GET) return head + "\r\n";
        String body = Item.request();
        return head + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Sends the request and reads the whole answer. Any status but 2xx is an error. */
    void call() throws IOException {
        if (socket == null) {
            socket = new Socket(url.getHost(), url.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
        }
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        int length = 0;
        int headEnd = -1;
        while (headEnd < 0) {
            if (length == buffer.length) throw new IOException("the head of the answer is too large");
            int read = in.read(buffer, length, buffer.length - length);
            if (read < 0) throw new IOException("the connection was closed");
            length += read;
            headEnd = headEnd(length);
        }
        String head = new String(buffer, 0, headEnd, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        if (!head.startsWith("http/1.1 2"))
            throw new IOException("answered " + head.lines().findFirst().orElse(""));
        skip(in, contentLength(head) - (length - headEnd));
    }

    private int headEnd(int length) {
        for (int i = 3; i < length; i++)
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r')
                return i + 1;
        return -1;
    }

    private static int contentLength(String head) throws IOException {
        String name = "\r\ncontent-length:";
        int start = head.indexOf(name);
        if (start < 0) throw new IOException("the answer has no Content-Length");
        return Integer.parseInt(head.substring(start + name.length(), head.indexOf('\r', start + 2))
                .trim());
    }

    private void skip(InputStream in, int bytes) throws IOException {
        for (int left = bytes; left > 0; ) {
            int read = in.read(buffer, 0, Math.min(left, buffer.length));
            if (read < 0) throw new IOException("the connection was closed");
            left -= read;
        }
    }

    /** After an error; the next call connects anew. */
    void drop() {
        Socket open = socket;
        socket = null;
        try {
            if (open != null) open.close();
        } catch (IOException e) {
            // it is of no more use either way
        }
    }

    @Override
    public void close() {
        drop();
    }
}
