package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.subscription.SinkGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** To whom the client connects, and what it says when there is no connection. */
class WebhookConnectionTest extends WebhookClientFixture {

    @Test
    void aConnectionIsUsedAgain() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> RawSink.write(out, "HTTP/1.1 204 No Content\r\n\r\n"))) {
            for (int i = 0; i < 20; i++) answered(send(sink.url()), 204);
            assertThat(sink.connections).hasValue(1);
        }
    }

    @Test
    void aKeptConnectionThatProvesDeadIsReplacedWithinTheAttempt() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> {
            RawSink.write(out, "HTTP/1.1 204 No Content\r\n\r\n");
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
            socket.close();
        })) {
            answered(send(sink.url()), 204);
            answered(send(sink.url()), 204);
            assertThat(sink.connections).hasValue(2);
        }
    }

    @Test
    void nobodyListeningIsAConnectFailure() throws IOException {
        int port;
        try (RawSink sink = new RawSink((out, socket) -> {})) {
            port = sink.port();
        }
        failed(send("http://127.0.0.1:" + port + "/"), "connect");
    }

    @Test
    void plainHttpWhereTlsIsExpectedIsATlsFailure() throws IOException {
        try (RawSink sink = new RawSink(
                RawSink.When.CONNECTED, (out, socket) -> RawSink.write(out, "HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            failed(send("https://127.0.0.1:" + sink.port() + "/"), "tls");
        }
    }

    @Test
    void anUnknownNameIsADnsFailure() {
        client.close();
        client = client(host -> {
            throw new UnknownHostException(host);
        });
        failed(send("http://nowhere.example/"), "dns");
    }

    @Test
    void aSilentNameServerEndsAtTheDeadline() {
        client.close();
        client = new WebhookClient(host -> new CompletableFuture<>(), (host, found) -> found, LIMITS, null);
        failed(send("http://silent.example/", DEADLINE), "timeout");
    }

    /** The name answers with a permitted address when it is checked and a forbidden one afterwards. */
    @Test
    void theCheckedAddressIsTheOneThatIsConnectedTo() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> RawSink.write(out, "HTTP/1.1 204 No Content\r\n\r\n"))) {
            AtomicInteger lookups = new AtomicInteger();
            client.close();
            client = client(
                    host -> InetAddress.getByName(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254"));
            answered(send("http://rebinding.example:" + sink.port() + "/"), 204);
            assertThat(lookups).hasValue(1);
            failed(send("http://rebinding.example:" + sink.port() + "/"), "forbidden-address");
            assertThat(sink.requests).hasValue(1);
        }
    }

    @Test
    void oneForbiddenAddressAmongOthersIsEnough() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> RawSink.write(out, "HTTP/1.1 204 No Content\r\n\r\n"))) {
            InetAddress good = InetAddress.getByName("127.0.0.1");
            InetAddress bad = InetAddress.getByName("10.0.0.1");
            client.close();
            client = new WebhookClient(
                    host -> CompletableFuture.completedFuture(List.of(good, bad)),
                    new SinkGuard(List.of("127.0.0.0/8"))::usable,
                    LIMITS,
                    null);
            failed(send("http://mixed.example:" + sink.port() + "/"), "forbidden-address");
            assertThat(sink.connections).hasValue(0);
        }
    }

    @Test
    void theNextAddressIsTriedWhenOneRefuses() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> RawSink.write(out, "HTTP/1.1 204 No Content\r\n\r\n"))) {
            InetAddress refuses = InetAddress.getByName("127.0.0.2");
            InetAddress listens = InetAddress.getByName("127.0.0.1");
            client.close();
            client = new WebhookClient(
                    host -> CompletableFuture.completedFuture(List.of(refuses, listens)),
                    new SinkGuard(List.of("127.0.0.0/8"))::usable,
                    LIMITS,
                    null);
            answered(send("http://two.example:" + sink.port() + "/"), 204);
        }
    }

    /** A server that is down without saying so: a full queue of connections swallows more of them. */
    @Test
    void anAddressThatSwallowsConnectionsLeavesTimeForTheNextOne() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> RawSink.write(out, "HTTP/1.1 204 No Content\r\n\r\n"));
                ServerSocket silent = new ServerSocket(sink.port(), 1, InetAddress.getByName("127.0.0.9"))) {
            List<Socket> full = new ArrayList<>();
            try {
                fill(silent, full);
                client.close();
                client = new WebhookClient(
                        host -> CompletableFuture.completedFuture(
                                List.of(silent.getInetAddress(), InetAddress.getLoopbackAddress())),
                        new SinkGuard(List.of("127.0.0.0/8"))::usable,
                        LIMITS,
                        null);
                answered(send("http://sink.example:" + sink.port() + "/", Duration.ofSeconds(4)), 204);
            } finally {
                for (Socket each : full) each.close();
            }
        }
    }

    private static void fill(ServerSocket server, List<Socket> full) throws IOException {
        while (full.size() < 20) {
            Socket next = new Socket();
            full.add(next);
            try {
                next.connect(server.getLocalSocketAddress(), 300);
            } catch (SocketTimeoutException swallowed) {
                return;
            }
        }
    }

    @Test
    void localhostIsCalledAtTheAddressesThatAreAllowed() throws IOException {
        try (RawSink sink = new RawSink((out, socket) -> RawSink.write(out, "HTTP/1.1 204 No Content\r\n\r\n"))) {
            InetAddress forbidden = InetAddress.getByName("::1");
            InetAddress allowed = InetAddress.getByName("127.0.0.1");
            client.close();
            client = new WebhookClient(
                    host -> CompletableFuture.completedFuture(List.of(forbidden, allowed)),
                    new SinkGuard(List.of("127.0.0.0/8"))::usable,
                    LIMITS,
                    null);
            answered(send("http://localhost:" + sink.port() + "/"), 204);
            failed(send("http://other.example:" + sink.port() + "/"), "forbidden-address");
            assertThat(sink.connections).hasValue(1);
        }
    }
}
