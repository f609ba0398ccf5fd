package io.eventful.capture;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Waits for stages on virtual threads. */
final class Waiting {

    private final Duration storeWait;
    private final Deadlines store;

    /** @param storeWait how long the ledger is waited for */
    Waiting(Duration storeWait, Pauses pauses) {
        this.storeWait = storeWait;
        this.store = new Deadlines(storeWait, pauses);
    }

    /** How long the ledger is waited for. */
    Duration storeWait() {
        return storeWait;
    }

    /** The ledger did not do in time what it was asked to do, or failed. */
    static final class StoreFailedException extends Exception {

        private static final long serialVersionUID = 1L;

        StoreFailedException(@Nullable Throwable cause) {
            super("the ledger did not take an entry", cause);
        }
    }

    /** What the ledger answers, when it does so in time. */
    <T> T store(CompletionStage<T> stage) throws InterruptedException, StoreFailedException {
        try {
            return store.bound(stage).get();
        } catch (ExecutionException e) {
            throw new StoreFailedException(e.getCause());
        }
    }

    /** What the edge answers; it has limits of its own. An unchecked failure is thrown as it is. */
    static <T> T edge(CompletionStage<T> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            throw new CompletionException(e.getCause());
        }
    }
}
