package io.eventful.edge;

import org.jspecify.annotations.Nullable;

/** Decides, from the head alone and without blocking, who serves a request. */
@FunctionalInterface
public interface Matcher {

    /** The handler that serves it, or null when this matcher has no say. */
    @Nullable
    Handler match(RequestHead head);
}
