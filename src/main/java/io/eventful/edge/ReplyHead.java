package io.eventful.edge;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpServerResponse;

/** Copies the status and header fields of an upstream's reply to the client's response. */
final class ReplyHead {

    private static final int SHORT_REST = 65_536;

    private ReplyHead() {}

    /**
     * Copies status, reason and fields.
     *
     * @param extra additional fields of the gateway, after those of the upstream
     * @throws IllegalArgumentException when a field cannot be sent
     */
    static void copy(UpstreamReply reply, Fields extra, Forwarding forwarding, HttpServerResponse response) {
        HopByHopFields.reply(reply.headers(), response.headers());
        forwarding.reply(response.headers());
        for (Fields.Field field : extra.entries()) response.headers().add(field.name(), field.value());
        response.setStatusCode(reply.status());
        if (!response.getStatusMessage().equals(reply.reason())) response.setStatusMessage(reply.reason());
    }

    /** Undoes {@link #copy} and what followed it, for a response with another status. */
    static void clear(HttpServerResponse response, int status) {
        response.headers().clear();
        response.headersEndHandler(null);
        response.setStatusMessage(HttpResponseStatus.valueOf(status).reasonPhrase());
    }

    /** Prevents Vert.x from adding Content-Length: 0 to a 304 with a custom reason, and to an empty HTTP/2 response. */
    static void keepWithoutLength(HttpServerResponse response) {
        response.headersEndHandler(last -> response.headers().remove("content-length"));
    }

    /** Whether the unread rest of a request is long; then the connection is closed instead of reading and discarding it. */
    static boolean hasLargeUnreadBody(Http1RequestValidator.Admission.Admitted admitted, BodyStream body) {
        if (!body.isOpen()) return false;
        if (admitted.framing() != Http1RequestValidator.Framing.LENGTH) return true;
        long length =
                Long.parseLong(admitted.head().fields().first("content-length").orElse("0"));
        return length - body.size() > SHORT_REST;
    }
}
