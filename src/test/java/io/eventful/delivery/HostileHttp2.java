package io.eventful.delivery;

import static io.eventful.delivery.RawHttp2.CONTINUATION;
import static io.eventful.delivery.RawHttp2.END_HEADERS;
import static io.eventful.delivery.RawHttp2.END_STREAM;
import static io.eventful.delivery.RawHttp2.HEADERS;
import static io.eventful.delivery.RawHttp2.OK;
import static io.eventful.delivery.RawHttp2.PING;
import static io.eventful.delivery.RawHttp2.field;
import static io.eventful.delivery.RawHttp2.kept;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.delivery.HostileReceiver.Ends;
import io.eventful.delivery.HostileReceiver.Reached;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The part of the kit that speaks HTTP/2. */
final class HostileHttp2 implements AutoCloseable {

    final List<HostileReceiver> all = new ArrayList<>();
    private final List<RawHttp2> servers = new ArrayList<>();
    private final String store;

    /** @param store with a certificate of shop.example */
    HostileHttp2(String store) throws Exception {
        this.store = store;
        heads();
        floods();
    }

    private void heads() throws Exception {
        byte[] longField = field("x-long", "x".repeat(10 << 20));
        fails("sends a field of 10 MB", "response-head", (out, stream) -> {
            out.head(stream, END_STREAM | END_HEADERS, join(OK, longField));
        });
        byte[] fields = fields(10_000, "x".repeat(1000));
        fails("sends fields of 10 MB", "response-head", (out, stream) -> {
            out.head(stream, END_STREAM | END_HEADERS, join(OK, fields));
        });
        byte[] many = fields(300, "b");
        fails("sends many fields", "response-head", (out, stream) -> {
            out.head(stream, END_STREAM | END_HEADERS, join(OK, many));
        });
        // One field of 4,000 bytes, then 10,000 times one byte that means it again.
        byte[] again = new byte[10_000];
        Arrays.fill(again, (byte) 0xbe);
        byte[] packed = join(OK, kept("x-packed", "x".repeat(4000)), again);
        fails("sends a bomb of fields", "response-head", (out, stream) -> {
            out.head(stream, END_STREAM | END_HEADERS, packed);
        });
        fails("sends what is no field", "response", (out, stream) -> {
            out.head(stream, END_STREAM | END_HEADERS, new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f});
        });
    }

    private void floods() throws Exception {
        byte[] piece = "x".repeat(2000).getBytes(StandardCharsets.ISO_8859_1);
        fails("goes on with its head without end", "response-head", (out, stream) -> {
            out.head(stream, 0, join(OK, Arrays.copyOf(field("x-long", "x".repeat(1 << 24)), 12)));
            while (true) out.frame(CONTINUATION, 0, stream, piece);
        });
        fails("goes on with nothing in its head", "response", (out, stream) -> {
            out.head(stream, 0, OK);
            while (true) out.frame(CONTINUATION, 0, stream);
        });
        fails("sends 1xx without end", "response", (out, stream) -> {
            while (true) out.frame(HEADERS, END_HEADERS, stream, field(":status", "103"));
        });
        fails("pings without end", "response", (out, stream) -> {
            while (true) out.frame(PING, 0, 0, new byte[8]);
        });
    }

    private static byte[] fields(int count, String value) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) block.writeBytes(field("x-field-" + i, value));
        return block.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) all.writeBytes(part);
        return all.toByteArray();
    }

    private void fails(String name, String reason, RawHttp2.Script script) throws Exception {
        RawHttp2 server = new RawHttp2(store, script);
        servers.add(server);
        Reached reached = name.equals("sends many fields") ? Reached.HEAD : Reached.TLS;
        all.add(new HostileReceiver(
                name + ", by HTTP/2", Ends.ITSELF, server.url(), State.FAILED, null, reason, reached, null));
    }

    @Override
    public void close() throws IOException {
        for (RawHttp2 server : servers) server.close();
    }
}
