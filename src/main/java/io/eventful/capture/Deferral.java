package io.eventful.capture;

import io.eventful.edge.Call;

/** Takes the writes of routes whose {@code commands} lets them be answered before they are done. */
@FunctionalInterface
public interface Deferral {

    /** Serves a call, now ({@link DeferrableWrite#serve}) or later. Invoked on an event loop: must not block. */
    void take(Call call, DeferrableWrite write);
}
