package io.eventful.capture;

import io.eventful.edge.Answer;
import io.eventful.edge.Problems;
import io.eventful.edge.UpstreamException;
import org.springframework.util.unit.DataSize;

/** What a caller is told when there is no reply of the REST system to pass on. */
final class Answers {

    private static final String RETRY_AFTER_SECONDS = "1";

    private Answers() {}

    /** Too many writes are waiting. */
    static Answer busy() {
        return retryLater("Too many writes are in progress. Nothing was sent; repeat the request later.");
    }

    /** The ledger takes no entries. */
    static Answer noLedger() {
        return retryLater("Changes cannot be recorded at the moment. Nothing was sent; repeat the request later.");
    }

    /** The gateway takes up no call more. */
    static Answer ending() {
        return retryLater("The gateway is shutting down. Nothing was sent; repeat the request later.");
    }

    private static Answer retryLater(String detail) {
        return Problems.retryLater(detail, RETRY_AFTER_SECONDS);
    }

    /** No reply came. */
    static Answer of(UpstreamException failure) {
        String title = switch (failure.status()) {
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Bad Gateway";
        };
        String detail = switch (failure.sent()) {
            case NOTHING -> "The upstream could not be reached. Nothing was sent; the request may be repeated.";
            case MAYBE ->
                "The upstream did not respond. It may have executed the request; read the item"
                        + " before repeating it.";
        };
        Answer answer = Problems.problem(failure.status(), title, detail);
        return failure.status() == 503 ? answer.with("Retry-After", RETRY_AFTER_SECONDS) : answer;
    }

    /** The body must be known whole before it is sent. */
    static Answer tooLargeForKey(DataSize limit) {
        return Problems.problem(
                413,
                "Content Too Large",
                "The body of a request with an Idempotency-Key may be at most " + limit.toKilobytes()
                        + " KB large (eventful.capture.idempotency.body-limit). Nothing was sent.");
    }

    /** The first request with this key is under way. */
    static Answer keyRunning() {
        return Problems.keyRunning(RETRY_AFTER_SECONDS);
    }

    /** Whether a condition holds cannot be told, as another write of the item is under way. */
    static Answer beingWritten() {
        return retryLater("The item is being written, so If-Match cannot be evaluated. Nothing was sent; repeat"
                + " the request later.");
    }

    /** The reply to the first request was too large, or may not be kept. */
    static Answer replyNotKept(int status) {
        return Problems.problem(
                409,
                "Response Not Stored",
                "The request with this Idempotency-Key was executed and answered with status " + status
                        + ". The response was not stored: it is larger than eventful.capture.idempotency.reply-limit,"
                        + " or must not be stored. Nothing was sent again; read the item.");
    }

    /** Nobody knows what became of the first request. */
    static Answer fateUnknown() {
        return Problems.problem(
                409,
                "Outcome Unknown",
                "It is not known whether the request with this Idempotency-Key was executed. Nothing was sent again;"
                        + " read the item, then use a new key.");
    }

    /** A mistake of ours, before anything was sent. */
    static Answer failed() {
        return Problems.problem(
                500,
                "Internal Server Error",
                "The gateway failed before it sent the request. Nothing was sent. Its log contains the cause.");
    }
}
