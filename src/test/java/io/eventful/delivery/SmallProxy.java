package io.eventful.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy that leads every tunnel and every request to one port of this machine, and keeps what it was asked. */
final class SmallProxy implements AutoCloseable {

    /** The heads of all requests, as they came. */
    final List<String> heads = new CopyOnWriteArrayList<>();

    /** What is answered to the next {@code CONNECT}s; unless it is 200, to every request. */
    volatile String answer = "HTTP/1.1 200 Connection established\r\n\r\n";

    private final ServerSocket server;
    private final int target;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    SmallProxy(int target) throws IOException {
        this.target = target;
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        threads.execute(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            heads.add(head);
            boolean leads = answer.contains(" 200 ");
            boolean tunnel = head.startsWith("CONNECT ");
            if (tunnel || !leads) client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            if (!leads) client.getInputStream().transferTo(OutputStream.nullOutputStream());
            else if (tunnel) join(client, "");
            else join(client, head.replaceFirst("http://[^/ ]+", ""));
        } catch (IOException ended) {
            // One of the two has hung up.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) throw new IOException("ended");
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private void join(Socket client, String first) throws IOException {
        try (Socket sink = new Socket("127.0.0.1", target)) {
            sink.getOutputStream().write(first.getBytes(StandardCharsets.ISO_8859_1));
            threads.execute(() -> copy(sink, client));
            copy(client, sink);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.shutdownOutput();
        } catch (IOException ended) {
            // One of the two has hung up.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
