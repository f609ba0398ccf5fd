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

/** Stands in for a system or a subscriber, on a free port of the loopback interface. */
final class StubServer implements AutoCloseable {

    private final ServerSocket listening;
    private final VirtualTimer timer;
    private final Function<StubRequest, StubReply> script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger delayed = new AtomicInteger();

    /** @param script is asked for every request, on the thread of its connection */
    StubServer(VirtualTime time, Function<StubRequest, StubReply> script) {
        this.timer = new VirtualTimer(time, "stub");
        this.script = script;
        try {
            listening = new ServerSocket();
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException("no port of the loopback interface is free", e);
        }
        Thread.ofVirtual().name("stub").start(this::accept);
    }

    String address() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** Replies that wait for the virtual clock. */
    int delayed() {
        return delayed.get();
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
            for (StubRequest request = connection.read(); request != null; request = connection.read()) {
                StubReply reply = script.apply(request);
                if (reply.delay().isPositive()) delay(reply);
                switch (reply.failure()) {
                    case RESET -> {
                        connection.reset();
                        return;
                    }
                    case TIMEOUT -> {
                        // Until the other side gives up.
                        if (connection.read() == null) return;
                    }
                    case NONE, TRUNCATE -> connection.write(request, reply);
                }
            }
        } catch (IOException gone) {
            // The other side ended the connection, or the test is over.
        } finally {
            open.remove(socket);
        }
    }

    private void delay(StubReply reply) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        var unused = timer.schedule(
                () -> {
                    delayed.decrementAndGet();
                    over.complete(null);
                },
                reply.delay().toNanos(),
                TimeUnit.NANOSECONDS);
        delayed.incrementAndGet();
        over.join();
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
