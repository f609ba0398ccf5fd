package io.eventful.edge;

import java.util.concurrent.CompletionStage;

/** The reply of an upstream, its body not yet read. */
public interface Reply {

    int status();

    Fields fields();

    /**
     * Reads the body up to a limit and holds the rest back. Called at most once; {@link Call#answer} sends it all. What
     * was read ahead is given at once, whatever the limit.
     */
    CompletionStage<Body> body(int limit);

    /** Size and digest of the body; complete when all of it has been read or passed on. */
    CompletionStage<Digest> digest();
}
