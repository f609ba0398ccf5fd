package io.eventful.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change as several events, one for each changed member. Taken in order they lead from the item before to the item
 * after, and taken back from the last to the first, there again. A create fills an empty object, a delete empties it.
 */
final class Parts {

    /** Events of one change; a change of more members stays one event. */
    private static final int MAX = 1_000;

    private Parts() {}

    /** One event for each member; a single one of the whole change when its members are not known or too many. */
    static List<Event> of(Rendering.Splittable rendering, Change change, RenderContext context) {
        Optional<List<FlatChanges.Member>> members = FlatChanges.of(change, rendering.depth());
        if (members.isEmpty() || members.get().isEmpty() || members.get().size() > MAX)
            return List.of(rendering.render(change, context));
        int count = members.get().size();
        List<Event> parts = new ArrayList<>(count);
        for (FlatChanges.Member member : members.get())
            parts.add(Envelope.part(rendering, change, context, rendering.part(change, member), parts.size(), count));
        return parts;
    }
}
