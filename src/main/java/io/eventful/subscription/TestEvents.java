package io.eventful.subscription;

import java.util.concurrent.CompletionStage;

/** Sends a test event to one subscription, whatever it filters, so that its owner sees whether its endpoint works. */
@FunctionalInterface
public interface TestEvents {

    /** Sends one signed attempt, without retries; completes when it has ended. Never blocks. */
    CompletionStage<Result> send(Subscription subscription);

    /**
     * @param event id of the event sent
     * @param delivered whether the sink took it
     * @param status HTTP status of the reply; 0 when there was none
     * @param reason short reason code; empty when delivered
     * @param millis duration of the attempt in milliseconds
     */
    record Result(String event, boolean delivered, int status, String reason, long millis) {}
}
