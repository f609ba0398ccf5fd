package io.eventful.edge;

/** Serves a call. Invoked on an event loop: it must not block, but may hand the call to a virtual thread. */
@FunctionalInterface
public interface Handler {
    void handle(Call call);
}
