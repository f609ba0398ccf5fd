package io.eventful.delivery;

import static io.eventful.delivery.RawSink.write;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.delivery.HostileReceiver.Ends;
import io.eventful.delivery.HostileReceiver.Reached;
import io.eventful.delivery.RawSink.When;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** The kit of receivers that harm: each with what a delivery to it has to come to. */
final class HostileReceivers implements AutoCloseable {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

    final List<HostileReceiver> all = new ArrayList<>();
    final AtomicInteger redirected = new AtomicInteger();
    private final List<RawSink> sinks = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    HostileReceivers() throws IOException {
        heads();
        bodies();
        breaks();
        tls();
    }

    private void heads() throws IOException {
        hangs("drips its head", (out, socket) -> drip(out, OK + "X-Drip: "));
        hangs("never answers", (out, socket) -> end.await());
        hangs("sends 1xx without end", (out, socket) -> {
            while (!end.await(5, TimeUnit.MILLISECONDS)) write(out, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
        });
        fails("sends 1xx as fast as it can", "response", (out, socket) -> {
            while (true) write(out, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(100));
        });
        fails("sends a field of 10 MB", "response-head", (out, socket) -> {
            write(out, OK + "X-Long: ");
            for (int i = 0; i < 160; i++) write(out, "x".repeat(1 << 16));
        });
        fails("sends fields of 10 MB", "response-head", (out, socket) -> {
            write(out, OK);
            for (int i = 0; i < 10_000; i++) write(out, "X-Field-" + i + ": " + "x".repeat(1000) + "\r\n");
        });
        fails(
                "sends many fields",
                "response-head",
                (out, socket) -> write(out, OK + "a: b\r\n".repeat(300) + "Content-Length: 0\r\n\r\n"));
        fails("speaks something else", "response", (out, socket) -> write(out, "SSH-2.0-OpenSSH_9\r\n\r\n"));
        fails(
                "sends noise",
                "response",
                (out, socket) -> write(out, "\u0000\u0001\u00fe\u00ff".repeat(100) + "\r\n\r\n"));
        fails(
                "states two lengths",
                "response",
                (out, socket) -> write(out, OK + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc"));
        fails("states no number", "response", (out, socket) -> write(out, OK + "Content-Length: -5\r\n\r\n"));
        URI target = raw(When.REQUESTED, (out, socket) -> {
                    redirected.incrementAndGet();
                    write(out, OK + "Content-Length: 0\r\n\r\n");
                })
                .uri();
        answers(
                "redirects",
                Ends.ITSELF,
                State.FAILED,
                307,
                (out, socket) -> write(
                        out,
                        "HTTP/1.1 307 Temporary Redirect\r\nLocation: " + target + "\r\nContent-Length: 0\r\n\r\n"));
    }

    private void bodies() throws IOException {
        byte[] bomb = bomb();
        String packed = OK + "Content-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n";
        delivered("sends a bomb", Ends.ITSELF, (out, socket) -> {
            write(out, packed);
            out.write(bomb);
        });
        delivered("sends half a bomb, and waits", Ends.DEADLINE, (out, socket) -> {
            write(out, packed);
            out.write(bomb, 0, bomb.length / 2);
            end.await();
        });
        delivered("sends 1 GB", Ends.ITSELF, (out, socket) -> {
            write(out, OK + "Content-Length: 1073741824\r\n\r\n");
            for (int i = 0; i < 1 << 14; i++) out.write(new byte[1 << 16]);
        });
        delivered("sends chunks without end", Ends.ITSELF, (out, socket) -> {
            write(out, CHUNKED);
            while (true) write(out, "8000\r\n" + "x".repeat(0x8000) + "\r\n");
        });
        delivered("drips its body", Ends.DEADLINE, (out, socket) -> drip(out, OK + "Content-Length: 100000\r\n\r\n"));
        answers(
                "fails, and drips its body",
                Ends.DEADLINE,
                State.FAILED,
                500,
                (out, socket) -> drip(out, "HTTP/1.1 500 Broken\r\nContent-Length: 100000\r\n\r\n"));
        delivered("resets within its body", Ends.ITSELF, (out, socket) -> {
            write(out, OK + "Content-Length: 100000\r\n\r\nabc");
            // Else the reset may overtake the head.
            end.await(200, TimeUnit.MILLISECONDS);
            reset(socket);
        });
        delivered("ends before its length", Ends.ITSELF, (out, socket) -> {
            write(out, OK + "Content-Length: 100\r\n\r\nabc");
            socket.close();
        });
        delivered(
                "goes on after its length",
                Ends.ITSELF,
                (out, socket) -> write(out, OK + "Content-Length: 3\r\n\r\nabcdefgh"));
        delivered("breaks its chunks", Ends.ITSELF, (out, socket) -> write(out, CHUNKED + "nonsense\r\n"));
    }

    private void breaks() throws IOException {
        fails("resets before its head", "reset", (out, socket) -> reset(socket));
        fails("resets within its head", "reset", (out, socket) -> {
            write(out, OK + "X-Half: ");
            reset(socket);
        });
        fails("hangs up", "reset", (out, socket) -> socket.close());
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            all.add(new HostileReceiver(
                    "is not there",
                    Ends.ITSELF,
                    "http://127.0.0.1:" + free.getLocalPort(),
                    State.FAILED,
                    null,
                    "connect",
                    Reached.DNS,
                    null));
        }
    }

    private void tls() throws IOException {
        secure(
                "speaks clear text where TLS is due",
                "tls",
                raw(When.CONNECTED, (out, socket) -> write(out, "HTTP/1.1 400 Bad Request\r\n\r\n"))
                        .port());
        secure(
                "hangs up on TLS",
                "tls",
                raw(When.CONNECTED, (out, socket) -> socket.close()).port());
        // Not before something came: else the connection itself may fail.
        RawSink resets = raw(When.CONNECTED, (out, socket) -> {
            socket.getInputStream().read();
            reset(socket);
        });
        secure("resets TLS", "tls", resets.port());
        secure(
                "leaves TLS waiting",
                "timeout",
                raw(When.CONNECTED, (out, socket) -> end.await()).port());
    }

    private void secure(String name, String reason, int port) {
        secure(name, reason, "127.0.0.1", port);
    }

    /** One that is reached by TLS, which comes to nothing. */
    void secure(String name, String reason, String host, int port) {
        String url = "https://" + host + ":" + port + "/hook";
        Ends ends = reason.equals("timeout") ? Ends.DEADLINE : Ends.ITSELF;
        all.add(new HostileReceiver(name, ends, url, State.FAILED, null, reason, Reached.CONNECT, null));
    }

    /** One that is reached by TLS, answers 200, and goes on. */
    void answersSecurely(String name, Ends ends, String url) {
        all.add(new HostileReceiver(name, ends, url, State.DELIVERED, 200, "status-200", Reached.HEAD, null));
    }

    private void hangs(String name, RawSink.Script script) throws IOException {
        RawSink sink = raw(When.REQUESTED, script);
        all.add(new HostileReceiver(
                name, Ends.DEADLINE, sink.url(), State.FAILED, null, "timeout", Reached.CONNECT, sink));
    }

    private void fails(String name, String reason, RawSink.Script script) throws IOException {
        RawSink sink = raw(When.REQUESTED, script);
        Reached reached = name.equals("sends many fields") ? Reached.HEAD : Reached.CONNECT;
        all.add(new HostileReceiver(name, Ends.ITSELF, sink.url(), State.FAILED, null, reason, reached, sink));
    }

    private void delivered(String name, Ends ends, RawSink.Script script) throws IOException {
        answers(name, ends, State.DELIVERED, 200, script);
    }

    private void answers(String name, Ends ends, State state, int status, RawSink.Script script) throws IOException {
        RawSink sink = raw(When.REQUESTED, script);
        all.add(new HostileReceiver(name, ends, sink.url(), state, status, "status-" + status, Reached.HEAD, sink));
    }

    private RawSink raw(When when, RawSink.Script script) throws IOException {
        RawSink sink = new RawSink(when, script);
        sinks.add(sink);
        return sink;
    }

    private void drip(OutputStream out, String start) throws IOException, InterruptedException {
        write(out, start);
        while (!end.await(50, TimeUnit.MILLISECONDS)) write(out, "x");
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** 64 MB of nothing in some 64 KB. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 1024; i++) zip.write(new byte[1 << 16]);
        }
        return packed.toByteArray();
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        for (RawSink sink : sinks) sink.close();
    }
}
