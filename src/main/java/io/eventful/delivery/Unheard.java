package io.eventful.delivery;

import io.netty.handler.codec.PrematureChannelClosureException;
import io.vertx.core.http.GoAway;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.util.concurrent.TimeUnit;

/** Tells a request that met a closing connection from one that its receiver had and did not answer. */
final class Unheard {

    /**
     * How long a close that was on its way when the request was sent may take to arrive: the way from most sinks. One that
     * comes later may be an answer to the request. From a far sink it is then taken for one, and the schedule decides.
     */
    private static final long ON_ITS_WAY = TimeUnit.MILLISECONDS.toNanos(50);

    /** The receiver has done nothing with the request (RFC 9113, section 8.7). */
    private static final long REFUSED_STREAM = 7;

    private Unheard() {}

    /**
     * Whether nobody has begun with a request, as far as can be known.
     *
     * @param failure why it has no answer
     * @param sent when it was sent, as {@link System#nanoTime}
     */
    static boolean is(HttpClientRequest request, Throwable failure, long sent) {
        if (failure instanceof StreamResetException reset) return reset.getCode() == REFUSED_STREAM;
        // A part of an answer has come, or an interim one.
        if (failure instanceof PrematureChannelClosureException) return false;
        if (InterimReplies.anySince(WebhookClient.channel(request.connection()), sent)) return false;
        GoAway last = failure instanceof HttpClosedException closed ? closed.goAway() : null;
        if (last != null) return request.streamId() > last.getLastStreamId();
        return System.nanoTime() - sent < ON_ITS_WAY && "reset".equals(Reasons.of(failure, "reset"));
    }
}
