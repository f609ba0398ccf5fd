package io.eventful.delivery;

import io.eventful.event.Event;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Marks an event that is sent again. */
final class Replayed {

    private static final String EXTENSION = "replay";

    private Replayed() {}

    /** The event with the replay's id in extension {@code replay}; as it is when there is no replay. */
    static Event mark(Event event, @Nullable String replay) {
        if (replay == null) return event;
        Map<String, String> extensions = new HashMap<>(event.extensions());
        extensions.put(EXTENSION, replay);
        return new Event(
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                event.time(),
                event.datacontenttype(),
                event.dataschema(),
                extensions,
                event.data());
    }
}
