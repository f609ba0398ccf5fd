package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.delivery.RawHttp2.Script;
import io.eventful.subscription.SinkGuard;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kept connection of HTTP/2 on which a request ends without an answer; here the sink may say whether it had it. */
class KeptHttp2Test extends WebhookClientFixture {

    private static final int RST_STREAM = 3;
    private static final int GOAWAY = 7;
    private static final byte REFUSED_STREAM = 7;
    private static final byte CANCEL = 8;

    @TempDir
    static Path folder;

    private static Certificates certificates;
    private static String store;
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeAll
    static void sign() {
        certificates = new Certificates(folder);
        store = certificates.store("-1d", 30, "shop.example");
    }

    @BeforeEach
    void trust() {
        client.close();
        client = new WebhookClient(
                host -> CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress())),
                new SinkGuard(List.of("127.0.0.0/8"))::usable,
                LIMITS,
                new PfxOptions().setPath(certificates.trusted()).setPassword(Certificates.PASSWORD));
    }

    /** Answers each request but the second. */
    private RawHttp2 sink(Script second) throws Exception {
        return new RawHttp2(store, (out, stream) -> {
            if (asked.incrementAndGet() == 2) second.play(out, stream);
            else out.head(stream, RawHttp2.END_STREAM | RawHttp2.END_HEADERS, RawHttp2.OK);
        });
    }

    @Test
    void aRequestThatTheSinkBrokeOffIsNotSentAgain() throws Exception {
        try (RawHttp2 sink =
                sink((out, stream) -> out.frame(RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, CANCEL))) {
            answered(send(sink.url()), 200);
            failed(send(sink.url()), "reset");
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void aRequestThatTheSinkRefusedIsSentAgain() throws Exception {
        try (RawHttp2 sink =
                sink((out, stream) -> out.frame(RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, REFUSED_STREAM))) {
            answered(send(sink.url()), 200);
            answered(send(sink.url()), 200);
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void aRequestBehindTheLastOneOfAClosingConnectionIsSentAgain() throws Exception {
        try (RawHttp2 sink =
                sink((out, stream) -> out.frame(GOAWAY, 0, 0, new byte[] {0, 0, 0, (byte) (stream - 2), 0, 0, 0, 0}))) {
            answered(send(sink.url()), 200);
            answered(send(sink.url()), 200);
            assertThat(asked).hasValue(3);
        }
    }
}
