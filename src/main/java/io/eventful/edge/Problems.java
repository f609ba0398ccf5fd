package io.eventful.edge;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Problem details (RFC 9457) of the data port: what is wrong and how to correct it, without internal details. */
public final class Problems {

    private Problems() {}

    /**
     * A response with problem details.
     *
     * @param status HTTP status code
     * @param title short, the same for every occurrence
     * @param detail what is wrong with this request and how to correct it
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
     * 503: nothing was executed, and the request may be repeated.
     *
     * @param seconds value of {@code Retry-After}
     */
    public static Answer retryLater(String detail, String seconds) {
        return problem(503, "Service Unavailable", detail).with("Retry-After", seconds);
    }

    /** 400: the {@code Idempotency-Key} is malformed. */
    public static Answer badKey() {
        return problem(
                400,
                "Bad Request",
                "Idempotency-Key must be one header field of 1 to 255 printable ASCII characters, with or"
                        + " without quotes around them.");
    }

    /** 422: the {@code Idempotency-Key} belongs to another request. */
    public static Answer keyOfAnother() {
        return problem(
                422,
                "Unprocessable Content",
                "This Idempotency-Key was already used with another request. Nothing was sent. Use a new key.");
    }

    /**
     * 409: the first request with this {@code Idempotency-Key} is still running.
     *
     * @param seconds value of {@code Retry-After}
     */
    public static Answer keyRunning(String seconds) {
        return problem(
                        409,
                        "Conflict",
                        "A request with this Idempotency-Key is still being processed. Nothing was sent. Repeat it"
                                + " later.")
                .with("Retry-After", seconds);
    }

    private static String quote(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
