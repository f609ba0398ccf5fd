package io.eventful.edge;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A system on a plain socket that keeps what it gets and answers what the test says. */
final class RecordingUpstream implements Closeable {

    /** What the system does with one connection's next request. */
    @FunctionalInterface
    interface Script {
        void serve(Peer peer) throws Exception;
    }

    /** One connection. */
    record Peer(Socket socket, InputStream in, OutputStream out, List<RawMessage> seen) {
        RawMessage request() throws IOException {
            RawMessage message = RawMessage.read(in, RawMessage.Kind.REQUEST);
            seen.add(message);
            return message;
        }

        void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }

    private final ServerSocket listener;
    private final List<RawMessage> seen = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Script script;

    RecordingUpstream(Script script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers every request with the same bytes, and keeps the connection. */
    static Script always(String reply) {
        return always(reply.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Script always(byte[] reply) {
        return peer -> {
            peer.request();
            peer.out().write(reply);
            peer.out().flush();
        };
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                accepted.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Peer peer =
                    new Peer(socket, new BufferedInputStream(socket.getInputStream()), socket.getOutputStream(), seen);
            while (!socket.isClosed()) {
                // The script is chosen when a request comes, not when the connection starts to wait for it.
                peer.in().mark(1);
                if (peer.in().read() < 0) return;
                peer.in().reset();
                script.serve(peer);
            }
        } catch (Exception over) {
            // The peer closed, or the script ended the connection.
        } finally {
            open.remove(socket);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    void script(Script next) {
        script = next;
    }

    List<RawMessage> seen() {
        return seen;
    }

    int accepted() {
        return accepted.get();
    }

    int open() {
        return open.size();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) socket.close();
    }
}
