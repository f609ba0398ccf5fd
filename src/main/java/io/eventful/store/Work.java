package io.eventful.store;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A queued unit, and what came of it in the present attempt. Touched by the writer's thread only, once queued. */
final class Work<T extends @Nullable Object> {

    private final Database.Unit<T> unit;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private @Nullable T result;
    private @Nullable Throwable failure;

    Work(Database.Unit<T> unit) {
        this.unit = unit;
    }

    CompletableFuture<T> future() {
        return future;
    }

    void run(Session session) throws Exception {
        result = null;
        failure = null;
        result = unit.run(session.guarded());
    }

    void failed(Throwable cause) {
        result = null;
        failure = cause;
    }

    /** Tells the caller, after the group is durable. */
    @SuppressWarnings("NullAway") // the result is null only where T allows it
    void answer() {
        if (failure != null) future.completeExceptionally(failure);
        else future.complete(result);
    }

    void refuse(StoreUnavailableException e) {
        future.completeExceptionally(e);
    }
}
