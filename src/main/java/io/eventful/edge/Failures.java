package io.eventful.edge;

import io.eventful.edge.UpstreamException.Sent;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.StreamResetException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Maps failures of upstream calls to a reason for the operator and a status for the client. */
final class Failures {

    private static final long REFUSED_STREAM = 7;

    /** The upstream received the request, and its response cannot be passed on. */
    static final Answer INVALID = Problems.problem(
            502, "Bad Gateway", "The upstream sent no valid response; it may have executed the request.");

    private Failures() {}

    static UpstreamException noConnection(String upstream, Throwable cause) {
        String start = "upstream " + upstream + ": ";
        if (cause instanceof ConnectionPoolTooBusyException) {
            return new UpstreamException(Sent.NOTHING, 503, start + "all connections are busy", cause);
        }
        if (isTimeout(cause)) return new UpstreamException(Sent.NOTHING, 504, start + "connect timeout", cause);
        if (cause instanceof UnknownHostException) {
            return new UpstreamException(Sent.NOTHING, 502, start + "unknown host name", cause);
        }
        if (isTls(cause)) return new UpstreamException(Sent.NOTHING, 502, start + "TLS handshake failed", cause);
        if (cause instanceof ConnectException) {
            return new UpstreamException(Sent.NOTHING, 502, start + "connection refused", cause);
        }
        return new UpstreamException(Sent.NOTHING, 502, start + "no connection (" + kind(cause) + ")", cause);
    }

    static UpstreamException noReply(String upstream, Throwable cause) {
        // RFC 9113 §8.7: a refused stream was not processed.
        boolean refused = cause instanceof StreamResetException reset && reset.getCode() == REFUSED_STREAM;
        Sent sent = refused || cause instanceof ClosedChannelException ? Sent.NOTHING : Sent.MAYBE;
        return new UpstreamException(
                sent, 502, "upstream " + upstream + ": connection lost before a response (" + kind(cause) + ")", cause);
    }

    static UpstreamException brokenOff(String upstream, Throwable cause) {
        return new UpstreamException(
                Sent.MAYBE, 502, "upstream " + upstream + ": the response is incomplete (" + kind(cause) + ")", cause);
    }

    static UpstreamException noConnectionWithin(String upstream, Duration time) {
        return timeout(Sent.NOTHING, upstream, "no connection", time);
    }

    static UpstreamException noReplyWithin(String upstream, Duration time) {
        return timeout(Sent.MAYBE, upstream, "no reply", time);
    }

    private static UpstreamException timeout(Sent sent, String upstream, String what, Duration time) {
        return new UpstreamException(
                sent,
                504,
                "upstream " + upstream + ": " + what + " within " + time.toMillis() + " ms",
                new SlowPeerException());
    }

    static UpstreamException unknownInterim(String upstream, int status) {
        return new UpstreamException(
                Sent.MAYBE,
                502,
                "upstream " + upstream + ": interim response " + status + " is not supported",
                new IllegalStateException());
    }

    static UpstreamException unknownCoding(String upstream) {
        return new UpstreamException(
                Sent.MAYBE,
                502,
                "upstream " + upstream + ": its transfer coding is not supported; only chunked is",
                new IllegalStateException());
    }

    static UpstreamException unsendable(String upstream, Throwable cause) {
        return new UpstreamException(
                Sent.NOTHING, 502, "upstream " + upstream + ": a header field cannot be sent", cause);
    }

    static UpstreamException unknownUpstream(String upstream) {
        return new UpstreamException(
                Sent.NOTHING,
                502,
                "upstream " + upstream + " is not configured; add eventful.upstreams." + upstream + ".url",
                new IllegalArgumentException());
    }

    /** The response to the client, without internal details. */
    static Answer answer(UpstreamException failure) {
        return switch (failure.status()) {
            case 503 ->
                Problems.problem(
                        503,
                        "Service Unavailable",
                        "All connections to the upstream are busy; nothing was sent to it. Try again later.");
            case 504 ->
                failure.sent() == Sent.NOTHING
                        ? Problems.problem(
                                504,
                                "Gateway Timeout",
                                "The upstream could not be reached in time; nothing was sent to it.")
                        : Problems.problem(
                                504,
                                "Gateway Timeout",
                                "The upstream did not respond in time; it may have executed the" + " request.");
            default ->
                failure.sent() == Sent.NOTHING
                        ? Problems.problem(
                                502, "Bad Gateway", "The upstream could not be reached; nothing was sent to it.")
                        : INVALID;
        };
    }

    /** Whether a body failed because the decoder rejected it, and not because it broke off. */
    static boolean isMalformed(Throwable failure) {
        return failure instanceof UpstreamException upstream
                && (upstream.getCause() instanceof DecoderException
                        || upstream.getCause() instanceof IllegalArgumentException);
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof TimeoutException
                || cause.getClass().getSimpleName().contains("Timeout");
    }

    private static boolean isTls(Throwable cause) {
        for (Throwable next = cause; next != null; next = next.getCause())
            if (next instanceof SSLException) return true;
        return false;
    }

    private static String kind(Throwable cause) {
        return cause.getClass().getSimpleName();
    }
}
