package io.eventful.routes;

import io.eventful.edge.Body;
import io.eventful.edge.Call;
import io.eventful.edge.RequestHead;
import org.jspecify.annotations.Nullable;

/** A call to a {@code rest:} endpoint; its body is read once, even if another generation finally serves it. */
final class RestCall {

    private final Call call;
    private @Nullable Body body;

    RestCall(Call call) {
        this.call = call;
    }

    RequestHead head() {
        return call.head();
    }

    /** The body up to a limit, which is the same for all endpoints. Blocks. */
    Body body(int limit) {
        Body read = body;
        if (read == null) {
            read = call.body(limit).toCompletableFuture().join();
            body = read;
        }
        return read;
    }
}
