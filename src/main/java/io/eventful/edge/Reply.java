package io.eventful.edge;

import java.util.concurrent.CompletionStage;

/** The reply of an upstream; its body is not read yet. */
public interface Reply {

    int status();

    Fields fields();

    /**
     * Reads the body up to a limit and pauses the rest. Call at most once; {@link Call#answer} forwards the whole body.
     * Bytes that were read ahead are always returned, whatever the limit.
     */
    CompletionStage<Body> body(int limit);

    /** Size and digest of the body; completes when the whole body was read or forwarded. */
    CompletionStage<Digest> digest();
}
