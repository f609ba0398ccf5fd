package io.eventful.routetest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stands in for a system or a subscriber, on a free port of the loopback interface. */
final class StubServer implements AutoCloseable {

    /**
     * A use of the stand-in by one test.
     *
     * @param script is asked for every request, on the thread of its connection
     * @param timer of the test's clock
     */
    private record Play(VirtualTimer timer, Function<StubRequest, StubReply> script, AtomicInteger delayed) {}

    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Play play;

    StubServer() {
        try {
            listening = new ServerSocket();
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException("no port of the loopback interface is free", e);
        }
        Thread.ofVirtual().name("stub").start(this::accept);
    }

    /** Answers by a script until the {@link #end}. */
    void begin(VirtualTime time, Function<StubRequest, StubReply> script) {
        play = new Play(new VirtualTimer(time, "stub"), script, new AtomicInteger());
    }

    /** Ends the connections of a test. */
    void end() {
        play = null;
        try {
            for (Socket socket : open) socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.clear();
    }

    String address() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** Replies that wait for the virtual clock. */
    int delayed() {
        Play now = play;
        return now == null ? 0 : now.delayed().get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                Thread.ofVirtual().name("stub").start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            StubConnection connection = new StubConnection(socket);
            StubRequest request = connection.read();
            Play now = play;
            if (request == null || now == null) return;
            StubReply reply = now.script().apply(request);
            if (reply.delay().isPositive()) delay(now, reply);
            switch (reply.failure()) {
                case RESET -> connection.reset();
                // Until the other side gives up.
                case TIMEOUT -> connection.read();
                case NONE, TRUNCATE -> connection.write(request, reply);
            }
        } catch (IOException gone) {
            // The other side ended the connection, or the test is over.
        } finally {
            open.remove(socket);
        }
    }

    private static void delay(Play now, StubReply reply) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        var unused = now.timer()
                .schedule(
                        () -> {
                            now.delayed().decrementAndGet();
                            over.complete(null);
                        },
                        reply.delay().toNanos(),
                        TimeUnit.NANOSECONDS);
        // Told only now: who sees it turns the clock, which must not happen before it is known what to wait for.
        now.delayed().incrementAndGet();
        over.join();
    }

    @Override
    public void close() {
        end();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
