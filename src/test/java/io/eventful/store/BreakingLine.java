package io.eventful.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A network between the gateway and its database that breaks once, in the middle of a commit, and may then let nobody
 * through for a while.
 */
final class BreakingLine implements AutoCloseable {

    /** Bytes of the protocol that say so: pgjdbc ends a transaction with a statement, the server answers with its name. */
    private static final String COMMIT = "COMMIT\0";

    /** Where the line breaks: what is named is not passed on any more. */
    enum Break {
        NEVER,
        BEFORE_THE_COMMIT_ARRIVES,
        BEFORE_ITS_ANSWER_ARRIVES
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final int target;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<Break> next = new AtomicReference<>(Break.NEVER);
    private final AtomicInteger refused = new AtomicInteger();
    private volatile Passage afterwards = Passage.OPEN;
    private volatile Passage now = Passage.OPEN;
    private volatile CountDownLatch frozen = new CountDownLatch(0);

    /** Whether new connections get through. */
    enum Passage {
        OPEN,
        SHUT
    }

    BreakingLine(int target) throws IOException {
        this.target = target;
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void breaks(Break at) {
        breaks(at, Passage.OPEN);
    }

    /** @param then whether new connections get through when it has broken */
    void breaks(Break at, Passage then) {
        afterwards = then;
        next.set(at);
    }

    void mend() {
        now = Passage.OPEN;
    }

    /** From now on nothing arrives, on old connections and on new ones, and none is closed; as when the server is stopped. */
    void freeze() {
        frozen = new CountDownLatch(1);
    }

    void thaw() {
        frozen.countDown();
    }

    /** How many connections have not got through. */
    int refused() {
        return refused.get();
    }

    boolean hasBroken() {
        return next.get() == Break.NEVER;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                if (now == Passage.SHUT) {
                    refused.incrementAndGet();
                    client.close();
                    continue;
                }
                Socket database = new Socket("127.0.0.1", target);
                threads.execute(() -> copy(client, database, Break.BEFORE_THE_COMMIT_ARRIVES));
                threads.execute(() -> copy(database, client, Break.BEFORE_ITS_ANSWER_ARRIVES));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private void copy(Socket from, Socket to, Break breaking) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            byte[] bytes = new byte[64 * 1024];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (new String(bytes, 0, read, ISO_8859_1).contains(COMMIT)
                        && next.compareAndSet(breaking, Break.NEVER)) {
                    now = afterwards;
                    return;
                }
                frozen.await();
                to.getOutputStream().write(bytes, 0, read);
            }
        } catch (IOException | InterruptedException ended) {
            // One of the two has hung up.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        thaw();
        threads.shutdownNow();
    }
}
