package io.eventful.delivery;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** An endpoint that may break HTTP/2 as it likes: a script writes frames after each request. */
final class RawHttp2 implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    /** {@code :status: 200}, from the static table. */
    static final byte[] OK = {(byte) 0x88};

    private static final int LARGEST = 1 << 14;

    interface Script {
        void play(Frames out, int stream) throws IOException;
    }

    private final SSLServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param store a key store, as {@link Certificates} makes them */
    RawHttp2(String store, Script script) throws Exception {
        server = (SSLServerSocket)
                context(store).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        SSLParameters parameters = server.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        server.setSSLParameters(parameters);
        threads.execute(() -> accept(script));
    }

    private static SSLContext context(String store) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(store))) {
            keys.load(in, Certificates.PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, Certificates.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private void accept(Script script) {
        try {
            while (true) {
                SSLSocket socket = (SSLSocket) server.accept();
                threads.execute(() -> serve(script, socket));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private static void serve(Script script, SSLSocket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            Frames out = new Frames(socket.getOutputStream());
            in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
            out.frame(SETTINGS, 0, 0);
            while (true) {
                int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                in.readNBytes(length);
                if (type == SETTINGS && flags == 0) out.frame(SETTINGS, 1, 0);
                if (type == DATA && (flags & END_STREAM) != 0) script.play(out, stream);
            }
        } catch (IOException ended) {
            // The client has hung up.
        }
    }

    String url() {
        return "https://shop.example:" + server.getLocalPort() + "/hook";
    }

    /** A field that is not indexed, in HPACK. */
    static byte[] field(String name, String value) {
        return literal(0, name, value);
    }

    /** A field that the client is to keep in its dynamic table, first in line. */
    static byte[] kept(String name, String value) {
        return literal(0x40, name, value);
    }

    private static byte[] literal(int kind, String name, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(kind);
        for (String text : new String[] {name, value}) {
            if (text.length() < 127) out.write(text.length());
            else {
                out.write(127);
                int rest = text.length() - 127;
                for (; rest >= 128; rest >>>= 7) out.write(rest & 127 | 128);
                out.write(rest);
            }
            out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return out.toByteArray();
    }

    /** Writes frames. */
    static final class Frames {

        private final OutputStream out;

        private Frames(OutputStream out) {
            this.out = out;
        }

        void frame(int type, int flags, int stream, byte... payload) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
            frame.putInt(payload.length << 8 | type)
                    .put((byte) flags)
                    .putInt(stream)
                    .put(payload);
            out.write(frame.array());
        }

        /** A head in as many frames as it takes; without its end there may come more. */
        void head(int stream, int end, byte[] block) throws IOException {
            for (int from = 0; from < block.length; from += LARGEST) {
                int to = Math.min(block.length, from + LARGEST);
                int type = from == 0 ? HEADERS : CONTINUATION;
                int flags = (from == 0 ? end & END_STREAM : 0) | (to == block.length ? end & END_HEADERS : 0);
                frame(type, flags, stream, java.util.Arrays.copyOfRange(block, from, to));
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
