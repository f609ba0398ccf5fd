package io.eventful.edge;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The edge's own error responses. */
final class EdgeAnswers {

    static final Answer BODY_TOO_SLOW = Problems.problem(
            408, "Request Timeout", "The request body did not arrive in time. Send it without long pauses.");

    static final Answer UNSENDABLE =
            Problems.problem(502, "Bad Gateway", "The response of the upstream has a malformed header field.");

    static final Answer FAILED = Problems.problem(
            500, "Internal Server Error", "The gateway failed to process the request. Its log contains the cause.");

    static final Answer UNANSWERED = Problems.problem(
            504,
            "Gateway Timeout",
            "The gateway did not finish the request in time. The request may have been executed.");

    static final Answer TOO_MANY = Problems.problem(
            503, "Service Unavailable", "Too many connections are open to this port. Try again later.");

    static final Answer MALFORMED_CHUNKS =
            Problems.problem(400, "Bad Request", "The chunked body is malformed (RFC 9112, section 7.1).");

    static final Answer OTHER_VERSION = Problems.problem(
            505,
            "HTTP Version Not Supported",
            "This port speaks HTTP/1.1 and HTTP/1.0, and HTTP/2 with its own connection preface.");

    private EdgeAnswers() {}

    static Answer of(Http1RequestValidator.Admission.Refused no) {
        return Problems.problem(no.status(), no.title(), no.detail());
    }

    /** The response to a header section that the decoder rejected. */
    static Answer malformed(@Nullable Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return of(Http1RequestValidator.URI_TOO_LONG);
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return of(Http1RequestValidator.HEADER_TOO_LARGE);
        }
        if (cause instanceof RequestDecoder.UnsupportedVersionException) return OTHER_VERSION;
        return Problems.problem(400, "Bad Request", "The request line or header section is malformed (RFC 9112).");
    }

    /** Rejects a request and closes its connection (HTTP/1.1) or its stream (HTTP/2). */
    static void refuse(HttpServerRequest request, Answer answer, ClientConnection client) {
        for (Fields.Field field : answer.fields().entries()) {
            request.response().headers().add(field.name(), field.value());
        }
        request.response().setStatusCode(answer.status());
        if (client.isMultiplexed()) {
            boolean open = !VertxInternals.isAtEnd(
                    request.connection(), request.response().streamId());
            request.response().end(Buffer.buffer(answer.body())).onComplete(sent -> {
                if (open) request.response().reset(VertxInternals.NO_ERROR);
            });
            if (client.isOverloaded()) client.finish();
            return;
        }
        request.response().headers().set("Connection", "close");
        request.response().end(Buffer.buffer(answer.body()));
        client.finish();
    }
}
