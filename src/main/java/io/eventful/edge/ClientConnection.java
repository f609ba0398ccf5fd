package io.eventful.edge;

import io.vertx.core.http.HttpConnection;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client connection and its time-outs: idle, incomplete header section, incomplete body. */
final class ClientConnection {

    /** How long the unread rest of a body is read and discarded, so that a reset does not destroy the reply. */
    static final long LINGER_NANOS = 2_000_000_000L;

    static final byte[] TOO_SLOW = raw(
            "Request Timeout", Problems.problem(408, "Request Timeout", "The request header did not arrive in time."));

    static final byte[] OTHER_VERSION = raw("HTTP Version Not Supported", EdgeAnswers.OTHER_VERSION);

    private enum State {
        OPEN,
        OVERLOADED,
        ENDING,
        CLOSING,
        CLOSED
    }

    private final EdgeLoop loop;
    private final HttpConnection connection;
    private final boolean multiplexed;
    private int calls;
    private long idleSince = System.nanoTime();
    private long headSince;
    private @Nullable BodyStream unwanted;
    private long since;
    private State state = State.OPEN;

    ClientConnection(EdgeLoop loop, HttpConnection connection) {
        this.loop = loop;
        this.connection = connection;
        this.multiplexed = VertxInternals.isHttp2(connection);
    }

    EdgeLoop loop() {
        return loop;
    }

    /** True for HTTP/2: calls are streams, and received bytes need not belong to a header section. */
    boolean isMultiplexed() {
        return multiplexed;
    }

    void bytes() {
        if (!multiplexed && calls == 0 && headSince == 0) headSince = System.nanoTime();
    }

    void begin() {
        calls++;
        headSince = 0;
    }

    void end() {
        calls--;
        idleSince = System.nanoTime();
        loop.callEnded(this);
    }

    boolean isIdle() {
        return calls == 0;
    }

    void linger(BodyStream body) {
        unwanted = body;
        since = System.nanoTime();
    }

    void close() {
        if (state == State.CLOSED) return;
        boolean again = state == State.CLOSING || state == State.ENDING;
        state = State.CLOSING;
        // A graceful shutdown with a limit: with HTTP/2, written data waits until the client opens its flow-control
        // window.
        if (multiplexed && !again) connection.shutdown(LINGER_NANOS, TimeUnit.NANOSECONDS);
        else connection.close();
    }

    /**
     * Ends the connection after the pending writes, with a short delay: closing immediately would reset a connection on
     * which more data arrives, and the client could lose the reply.
     */
    void finish() {
        if (isClosing()) return;
        state = State.ENDING;
        since = System.nanoTime();
        if (multiplexed) connection.shutdown(LINGER_NANOS, TimeUnit.NANOSECONDS);
        else if (connection.isSsl()) close();
        else VertxInternals.endOutput(connection);
    }

    /** Marks a connection over the limit; its first request is answered with 503. */
    void overloaded() {
        state = State.OVERLOADED;
    }

    boolean isOverloaded() {
        return state == State.OVERLOADED;
    }

    boolean isClosing() {
        return state == State.ENDING || state == State.CLOSING || state == State.CLOSED;
    }

    /** The connection was closed; idempotent. */
    void closed() {
        if (state == State.CLOSED) return;
        state = State.CLOSED;
        loop.connectionClosed(connection);
    }

    /** Closes the connection: immediately if it is idle, otherwise after the current calls. */
    void drain() {
        if (isIdle()) close();
        else if (multiplexed) connection.shutdown(loop.limits().drain().toNanos(), TimeUnit.NANOSECONDS);
    }

    void check(long now) {
        BodyStream rest = unwanted;
        if (state == State.ENDING) {
            if (now - since > LINGER_NANOS) close();
        } else if (rest != null) {
            if (!rest.isOpen()) unwanted = null;
            else if (now - since > LINGER_NANOS) close();
        } else if (calls == 0 && headSince != 0) {
            if (now - headSince > loop.limits().headTimeout().toNanos()) {
                VertxInternals.write(connection, TOO_SLOW);
                finish();
            }
        } else if (calls == 0 && now - idleSince > loop.limits().keepAlive().toNanos()) {
            close();
        }
    }

    private static byte[] raw(String reason, Answer answer) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " " + reason + "\r\n");
        for (Fields.Field field : answer.fields().entries()) {
            head.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        head.append("Connection: close\r\nContent-Length: ")
                .append(answer.body().length)
                .append("\r\n\r\n");
        return (head + new String(answer.body(), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }
}
