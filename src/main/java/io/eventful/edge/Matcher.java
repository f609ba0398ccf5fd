package io.eventful.edge;

import org.jspecify.annotations.Nullable;

/** Selects the handler of a request by its head, without blocking. */
@FunctionalInterface
public interface Matcher {

    /** The handler of the request, or null if this matcher is not responsible for it. */
    @Nullable
    Handler match(RequestHead head);
}
