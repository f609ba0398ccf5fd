package io.eventful.capture;

import io.eventful.edge.Answer;
import io.eventful.edge.Problems;
import io.eventful.edge.UpstreamException;

/** What a caller is told when there is no reply of the REST system to pass on. */
final class Answers {

    private static final String RETRY_AFTER_SECONDS = "1";

    private Answers() {}

    /** Too many writes are waiting. */
    static Answer busy() {
        return retryLater("Too many writes are under way. Nothing was sent; repeat the request later.");
    }

    /** The ledger takes no entries. */
    static Answer noLedger() {
        return retryLater("Changes cannot be recorded now. Nothing was sent; repeat the request later.");
    }

    private static Answer retryLater(String detail) {
        Answer answer = Problems.problem(503, "Service Unavailable", detail);
        return new Answer(answer.status(), answer.fields().and("Retry-After", RETRY_AFTER_SECONDS), answer.body());
    }

    /** No reply came. */
    static Answer of(UpstreamException failure) {
        String title = switch (failure.status()) {
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Bad Gateway";
        };
        String detail = switch (failure.sent()) {
            case NOTHING ->
                "The system behind the gateway could not be reached. Nothing was sent; the request may be repeated.";
            case MAYBE ->
                "The system behind the gateway gave no reply. It may have applied the request; look at the item"
                        + " before repeating it.";
        };
        Answer answer = Problems.problem(failure.status(), title, detail);
        return failure.status() == 503
                ? new Answer(answer.status(), answer.fields().and("Retry-After", RETRY_AFTER_SECONDS), answer.body())
                : answer;
    }

    /** A mistake of ours, before anything was sent. */
    static Answer failed() {
        return Problems.problem(
                500, "Internal Server Error", "The gateway failed before it sent the request; nothing was applied.");
    }
}
