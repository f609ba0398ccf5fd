package io.eventful.store;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A queued unit and its result in the current attempt. After queueing, accessed only by the writer's thread. */
abstract sealed class Work<T extends @Nullable Object> permits UnitWork, BatchWork {

    private final CompletableFuture<T> future = new CompletableFuture<>();
    private @Nullable T result;
    private @Nullable Throwable failure;

    CompletableFuture<T> future() {
        return future;
    }

    /** Runs the unit alone. */
    void run(Session session) throws Exception {
        result = null;
        failure = null;
        result = attempt(session);
    }

    abstract T attempt(Session session) throws Exception;

    void succeeded(@Nullable T outcome) {
        result = outcome;
        failure = null;
    }

    void failed(Throwable cause) {
        result = null;
        failure = cause;
    }

    /** Completes the caller's future, after the group is durable. */
    @SuppressWarnings("NullAway") // the result is null only where T allows it
    void answer() {
        if (failure != null) future.completeExceptionally(failure);
        else future.complete(result);
    }

    void refuse(StoreUnavailableException e) {
        future.completeExceptionally(e);
    }
}
