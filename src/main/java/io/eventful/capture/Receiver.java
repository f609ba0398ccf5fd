package io.eventful.capture;

import io.eventful.event.Change;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a route does with a change. */
@FunctionalInterface
interface Receiver {

    /**
     * Processes a change; may return before it is done.
     *
     * @param done called once, with the error or with null
     */
    void receive(Change change, Consumer<@Nullable Throwable> done);
}
