package io.eventful.admin;

import java.nio.charset.StandardCharsets;

/** Problem details (RFC 9457) where the request has not reached Spring MVC's own. */
final class RawProblem {

    static final String TYPE = "application/problem+json";

    private RawProblem() {}

    /** The document; the texts are the gateway's own and need no escapes. */
    static byte[] of(int status, String title, String detail) {
        return ("{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + ",\"detail\":\"" + detail
                        + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
