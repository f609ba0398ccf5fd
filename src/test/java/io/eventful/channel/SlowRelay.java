package io.eventful.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A way to a server on which all that it answers arrives later. */
final class SlowRelay implements AutoCloseable {

    private final ServerSocket listening;
    private final Duration delay;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    private volatile int target;

    SlowRelay(Duration delay) {
        this.delay = delay;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** Where it leads, from now on. */
    void to(int port) {
        target = port;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                Thread.ofVirtual().start(() -> copy(client, server, Duration.ZERO));
                Thread.ofVirtual().start(() -> copy(server, client, delay));
            } catch (IOException away) {
                // The client notices.
            }
        }
    }

    private void copy(Socket from, Socket to, Duration delay) {
        byte[] buffer = new byte[1 << 16];
        try (from) {
            InputStream in = from.getInputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                byte[] bytes = Arrays.copyOf(buffer, length);
                later.schedule(() -> write(to, bytes), delay.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (IOException | RuntimeException gone) {
            // Both ends are closed below.
        }
        close(to);
    }

    private static void write(Socket to, byte[] bytes) {
        try {
            OutputStream out = to.getOutputStream();
            out.write(bytes);
        } catch (IOException gone) {
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        later.shutdownNow();
    }
}
