package io.eventful.edge;

import io.vertx.core.http.HttpServerResponse;

/** The head of an upstream's reply on its way to the client. */
final class ReplyHead {

    private static final int SHORT_REST = 65_536;

    private ReplyHead() {}

    /**
     * Copies status, reason and fields.
     *
     * @param extra fields of the gateway's own, after those of the upstream
     * @throws IllegalArgumentException when a field cannot be sent
     */
    static void copy(UpstreamReply reply, Fields extra, Forwarding forwarding, HttpServerResponse response) {
        Hops.reply(reply.headers(), response.headers());
        forwarding.reply(response.headers());
        for (Fields.Field field : extra.entries()) response.headers().add(field.name(), field.value());
        response.setStatusCode(reply.status());
        if (!response.getStatusMessage().equals(reply.reason())) response.setStatusMessage(reply.reason());
    }

    /** Vert.x adds a Content-Length of 0 to a 304 with a reason of its own, and to what is empty in HTTP/2. */
    static void keepWithoutLength(HttpServerResponse response) {
        response.headersEndHandler(last -> response.headers().remove("content-length"));
    }

    /** A short rest of a request is read and dropped; before a long one the connection is closed instead. */
    static boolean isMuchUnread(Gate.Admission.Admitted admitted, BodyStream body) {
        if (!body.isOpen()) return false;
        if (admitted.framing() != Gate.Framing.LENGTH) return true;
        long length =
                Long.parseLong(admitted.head().fields().first("content-length").orElse("0"));
        return length - body.size() > SHORT_REST;
    }
}
