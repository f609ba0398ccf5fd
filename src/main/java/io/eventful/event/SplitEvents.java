package io.eventful.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The option {@code split}: a change as several events, one per changed member. Applied in order, they transform the item
 * before the change into the item after it, and reverted from the last to the first, back again. A create starts from an
 * empty object, a delete ends with one.
 */
final class SplitEvents {

    /** Maximum number of events per change; a change of more members stays one event. */
    private static final int MAX = 1_000;

    private SplitEvents() {}

    /** One event per member; a single event of the whole change if its members are not known or too many. */
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
