package io.eventful.delivery;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.proxy.ProxyConnectException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why an attempt had no reply. */
final class Reasons {

    private Reasons() {}

    /** A short code for the log and the API; messages of exceptions may hold what is the sink's. */
    static String of(@Nullable Throwable failure, String otherwise) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof ProxyConnectException || cause instanceof Egress.NoProxyException) return "proxy";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException || cause instanceof CertificateException) return "tls";
            if (cause instanceof UnknownHostException) return "dns";
            if (cause instanceof TooLongHttpHeaderException) return "response-head";
            if (cause instanceof Http2Exception broken) return http2(broken);
            // The HTTP decoder's: what came is no reply.
            if (cause instanceof DecoderException && cause.getCause() == null
                    || cause instanceof IllegalArgumentException) return "response";
            if (cause instanceof TimeoutException || cause instanceof ConnectTimeoutException) return "timeout";
            if (cause instanceof ConnectException) return "connect";
        }
        return otherwise;
    }

    /** Whether nothing was heard of an address, so that another one may do. */
    static boolean unreachable(Throwable failure) {
        return failure instanceof SocketException || failure instanceof TimeoutException;
    }

    /** A head that is a little too large is an exception of its own kind, one that is far too large has only its text. */
    private static String http2(Http2Exception broken) {
        String text = broken.getMessage();
        return text != null && text.startsWith("Header size exceeded") ? "response-head" : "response";
    }
}
