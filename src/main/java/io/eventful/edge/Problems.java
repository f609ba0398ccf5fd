package io.eventful.edge;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Problem documents (RFC 9457) of the data port. They tell the caller what to do and nothing of the inside. */
public final class Problems {

    private Problems() {}

    /**
     * A problem answer.
     *
     * @param status HTTP status code
     * @param title short, the same for every occurrence
     * @param detail what happened in this one and how to mend it
     */
    public static Answer problem(int status, String title, String detail) {
        String json = "{\"type\":\"about:blank\",\"title\":\"" + quote(title) + "\",\"status\":" + status
                + ",\"detail\":\"" + quote(detail) + "\"}";
        Fields fields = new Fields(List.of(
                new Fields.Field("Content-Type", "application/problem+json"),
                new Fields.Field("Cache-Control", "no-store")));
        return new Answer(status, fields, json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Nothing was done, and it may be tried again.
     *
     * @param seconds until then
     */
    public static Answer retryLater(String detail, String seconds) {
        return problem(503, "Service Unavailable", detail).with("Retry-After", seconds);
    }

    /** An {@code Idempotency-Key} that cannot be read. */
    public static Answer badKey() {
        return problem(
                400,
                "Bad Request",
                "Idempotency-Key must be one field of 1 to 255 visible ASCII characters, in quotes or without.");
    }

    /** An {@code Idempotency-Key} of another request. */
    public static Answer keyOfAnother() {
        return problem(
                422,
                "Unprocessable Content",
                "This Idempotency-Key was used with another request. Nothing was sent; use a new key.");
    }

    /**
     * The first request with an {@code Idempotency-Key} is under way.
     *
     * @param seconds after which its reply may be there
     */
    public static Answer keyRunning(String seconds) {
        return problem(
                        409,
                        "Conflict",
                        "A request with this Idempotency-Key is still being processed. Nothing was sent; repeat it"
                                + " later.")
                .with("Retry-After", seconds);
    }

    private static String quote(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
