package io.eventful.routes;

import io.eventful.edge.Body;
import io.eventful.edge.Call;
import io.eventful.edge.RequestHead;
import org.jspecify.annotations.Nullable;

/** A call on its way to an endpoint; its body is read once, whichever set of routes serves it in the end. */
final class RestCall {

    private final Call call;
    private @Nullable Body body;

    RestCall(Call call) {
        this.call = call;
    }

    RequestHead head() {
        return call.head();
    }

    /** The body up to a limit; all endpoints have the same one. Waits for it. */
    Body body(int limit) {
        Body read = body;
        if (read == null) {
            read = call.body(limit).toCompletableFuture().join();
            body = read;
        }
        return read;
    }
}
