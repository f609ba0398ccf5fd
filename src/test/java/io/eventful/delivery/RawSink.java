package io.eventful.delivery;

import java.io.BufferedReader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** An endpoint that may break HTTP as it likes: a script writes to the socket after each request, or at once. */
final class RawSink implements AutoCloseable {

    interface Script {
        void play(OutputStream out, Socket socket) throws IOException, InterruptedException;
    }

    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();
    final AtomicLong written = new AtomicLong();
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** When the script is played. */
    enum When {
        /** As soon as there is a connection, once. */
        CONNECTED,
        REQUESTED
    }

    RawSink(Script script) throws IOException {
        this(When.REQUESTED, script);
    }

    RawSink(When when, Script script) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        threads.execute(() -> accept(when, script));
    }

    private void accept(When when, Script script) {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                threads.execute(() -> serve(when, script, socket));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private void serve(When when, Script script, Socket socket) {
        try (socket) {
            OutputStream out = counted(socket.getOutputStream());
            if (when == When.CONNECTED) {
                script.play(out, socket);
                return;
            }
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            while (true) {
                int length = 0;
                String line = in.readLine();
                if (line == null) return;
                while (line != null && !line.isEmpty()) {
                    if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                        length = Integer.parseInt(line.substring(15).strip());
                    line = in.readLine();
                }
                for (int i = 0; i < length; i++) in.read();
                requests.incrementAndGet();
                script.play(out, socket);
            }
        } catch (IOException | InterruptedException ended) {
            // The client has hung up.
        }
    }

    private OutputStream counted(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
                written.addAndGet(length);
            }
        };
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    int port() {
        return server.getLocalPort();
    }

    java.net.URI uri() {
        return java.net.URI.create(url());
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
        try {
            // Until the thread that accepts has ended, the port still listens.
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
