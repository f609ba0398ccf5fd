package io.eventful.event;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The attributes that all renderings of a change share. */
final class Envelope {

    static final String DATASCHEMA = "dataschema";

    private Envelope() {}

    static Event around(Rendering rendering, Change change, RenderContext context) {
        return new Event(
                EventId.of(change.position(), "", rendering.name(), 0),
                change.item().source(),
                EventType.of(change),
                change.item().subject(),
                change.time(),
                MediaTypes.JSON,
                context.option(DATASCHEMA),
                extensions(rendering.pattern(), change),
                rendering.data(change, context),
                new Rendered(change.position(), rendering.name(), 0));
    }

    private static SortedMap<String, String> extensions(String pattern, Change change) {
        SortedMap<String, String> extensions = new TreeMap<>();
        extensions.put("pattern", pattern);
        extensions.put("revision", Long.toString(change.revision()));
        extensions.put("position", Long.toString(change.position()));
        extensions.put("partitionkey", change.item().subject());
        extensions.put("outcome", ChangeJson.word(change.outcome()));
        if (change.order() == Change.Order.OBSERVED) extensions.put("order", ChangeJson.word(change.order()));
        if (change.guarantee() != Change.Guarantee.INTENT)
            extensions.put("guarantee", ChangeJson.word(change.guarantee()));
        put(extensions, "causationid", change.causation());
        put(extensions, "reason", Reasons.of(change));
        put(extensions, "traceparent", change.traceparent());
        return extensions;
    }

    private static void put(SortedMap<String, String> extensions, String name, @Nullable String value) {
        // CloudEvents has no empty attributes.
        if (value != null && !value.isEmpty()) extensions.put(name, value);
    }
}
