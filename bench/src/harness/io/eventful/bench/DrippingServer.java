package io.eventful.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** A subscriber's endpoint that takes every request and answers one byte a second, for ever. */
final class DrippingServer implements AutoCloseable {

    private static final byte[] HEAD =
            "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final long SECOND = 1_000_000_000;

    private final ServerSocket server;

    private DrippingServer(ServerSocket server) {
        this.server = server;
    }

    static DrippingServer start() throws IOException {
        ServerSocket socket = new ServerSocket(0, 4096, InetAddress.getByName("127.0.0.1"));
        DrippingServer server = new DrippingServer(socket);
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/drip");
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> drip(client));
            }
        } catch (IOException e) {
            // closed: nobody is served any more
        }
    }

    private static void drip(Socket client) {
        try (client) {
            client.getInputStream().read(new byte[16 * 1024]);
            for (int i = 0; ; i++) {
                client.getOutputStream().write(i < HEAD.length ? HEAD[i] : 'x');
                LockSupport.parkNanos(SECOND);
            }
        } catch (IOException e) {
            // the gateway gave up, as it should
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
