package io.eventful.delivery;

import io.eventful.event.Event;
import org.jspecify.annotations.Nullable;

/** Marks an event that is sent again. */
final class Replayed {

    private static final String EXTENSION = "replay";

    private Replayed() {}

    /** The event with the replay's id in extension {@code replay}; as it is when there is no replay. */
    static Event mark(Event event, @Nullable String replay) {
        return replay == null ? event : event.withExtension(EXTENSION, replay);
    }
}
