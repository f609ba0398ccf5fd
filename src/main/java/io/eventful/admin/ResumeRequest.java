package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How a resume treats held deliveries: {@code {"held": "release"}} (default) sends them all, {@code "drop"} drops them,
 * {@code "slow"} sends them at {@code rate} per second (default 10). Without a body, the query parameters of the same
 * names apply.
 */
sealed interface ResumeRequest {

    /** Sends all held deliveries. */
    record Release() implements ResumeRequest {}

    /** Drops all held deliveries. */
    record Drop() implements ResumeRequest {}

    /** Sends the held deliveries at a limited rate. */
    record Slow(int perSecond) implements ResumeRequest {}

    int DEFAULT_RATE = 10;
    int MAX_RATE = 1_000_000;

    /** @throws ApiProblem 400 if the body or the parameters are invalid */
    static ResumeRequest read(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null)
            return of(request.getParameter("held"), request.getParameter("rate"));
        Members body = Members.of(JsonBodies.read(request), "held", "rate");
        JsonNode rate = body.value("rate");
        if (rate != null && !rate.isIntegralNumber()) throw ApiProblem.at("/rate", "must be a whole number");
        return of(body.text("held"), rate == null ? null : rate.asText());
    }

    /** @throws ApiProblem 400 */
    static ResumeRequest of(@Nullable String held, @Nullable String rate) {
        String what = held == null ? "release" : held;
        if (rate != null && !what.equals("slow")) throw refused("\"rate\" is allowed only with \"held\": \"slow\".");
        return switch (what) {
            case "release" -> new Release();
            case "drop" -> new Drop();
            case "slow" -> new Slow(rate == null ? DEFAULT_RATE : rate(rate));
            default -> throw refused("\"held\" must be release, drop or slow.");
        };
    }

    static boolean isRate(String text) {
        return text.matches("[1-9]\\d{0,6}") && Integer.parseInt(text) <= MAX_RATE;
    }

    private static int rate(String text) {
        if (isRate(text)) return Integer.parseInt(text);
        throw refused("\"rate\" must be a whole number from 1 to " + MAX_RATE + " (deliveries per second).");
    }

    private static ApiProblem refused(String detail) {
        return new ApiProblem(400, "Bad request", detail);
    }
}
