package io.eventful.edge;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Replies of the edge in its own name. */
final class EdgeAnswers {

    static final Answer BODY_TOO_SLOW = Problems.problem(
            408, "Request Timeout", "The request's body did not arrive in time; send it without long pauses.");

    static final Answer UNSENDABLE =
            Problems.problem(502, "Bad Gateway", "The reply of the system behind the gateway has a malformed field.");

    static final Answer FAILED =
            Problems.problem(500, "Internal Server Error", "The gateway failed to handle the request.");

    static final Answer UNANSWERED = Problems.problem(
            504, "Gateway Timeout", "The gateway did not finish the request in time; it may have been acted on.");

    static final Answer TOO_MANY = Problems.problem(
            503, "Service Unavailable", "Too many connections are open to this port. Try again later.");

    static final Answer MALFORMED_CHUNKS =
            Problems.problem(400, "Bad Request", "The body's chunks are malformed (RFC 9112, section 7.1).");

    private EdgeAnswers() {}

    /** What a decoder found wrong with a head. */
    static Answer malformed(@Nullable Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Problems.problem(414, "URI Too Long", "The request line is longer than this port accepts.");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Problems.problem(
                    431, "Request Header Fields Too Large", "The header is larger than this port accepts.");
        }
        return Problems.problem(400, "Bad Request", "The request's head is malformed (RFC 9112).");
    }

    /** Answers a request that goes no further: in HTTP/1.1 its connection ends with it, in HTTP/2 its stream. */
    static void refuse(HttpServerRequest request, Answer answer, ClientConnection client) {
        for (Fields.Field field : answer.fields().entries()) {
            request.response().headers().add(field.name(), field.value());
        }
        request.response().setStatusCode(answer.status());
        if (client.isMultiplexed()) {
            boolean open =
                    !Wire.isAtEnd(request.connection(), request.response().streamId());
            request.response().end(Buffer.buffer(answer.body())).onComplete(sent -> {
                if (open) request.response().reset(Wire.NO_ERROR);
            });
            if (client.isOverloaded()) client.finish();
            return;
        }
        request.response().headers().set("Connection", "close");
        request.response().end(Buffer.buffer(answer.body()));
        client.finish();
    }
}
