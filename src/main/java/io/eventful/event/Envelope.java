package io.eventful.event;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds the CloudEvents attributes that all renderings of a change have in common. */
final class Envelope {

    static final String DATASCHEMA = "dataschema";

    private Envelope() {}

    /** CloudEvents 1.0: an absolute URI. */
    static void checkSchema(String schema) {
        try {
            if (new URI(schema).isAbsolute()) return;
        } catch (URISyntaxException notAny) {
            // A malformed URI is rejected like a relative one.
        }
        throw new IllegalArgumentException("option " + DATASCHEMA + " is \"" + schema
                + "\"; it must be an absolute URI, such as https://example.org/customer.json");
    }

    static Event around(Rendering rendering, Change change, RenderContext context) {
        Event event = event(rendering, change, context, rendering.data(change, context), 0);
        return event.data().length <= context.limit(Integer.MAX_VALUE)
                ? event
                : event.claimCheck().orElse(event);
    }

    /** One of several events of a change (option {@code split}). */
    static Event part(Rendering rendering, Change change, RenderContext context, byte[] data, int ordinal, int count) {
        return event(rendering, change, context, data, ordinal)
                .withExtension("part", Integer.toString(ordinal + 1))
                .withExtension("parts", Integer.toString(count));
    }

    private static Event event(Rendering rendering, Change change, RenderContext context, byte[] data, int ordinal) {
        // Split events have other ids than the event of the whole change, because both may be published.
        String name = context.isSplit() ? rendering.name() + " split" : rendering.name();
        return new Event(
                EventId.of(change.position(), "", name, ordinal),
                change.item().source(),
                EventType.of(change),
                change.item().subject(),
                change.time(),
                MediaTypes.JSON,
                context.option(DATASCHEMA),
                extensions(rendering.pattern(), change),
                data,
                new Rendered(change.position(), name, ordinal, claim(rendering, change, context)));
    }

    private static @Nullable Supplier<byte[]> claim(Rendering rendering, Change change, RenderContext context) {
        ClaimLinks links = context.claims();
        if (links == null || !(rendering instanceof Rendering.Claimable form)) return null;
        if (!form.isClaimable(change)) return null;
        return () -> form.claim(change, context, links.claim(change.position()));
    }

    private static SortedMap<String, String> extensions(String pattern, Change change) {
        SortedMap<String, String> extensions = new TreeMap<>();
        extensions.put("pattern", pattern);
        extensions.put("revision", Long.toString(change.revision()));
        extensions.put("position", Long.toString(change.position()));
        extensions.put("partitionkey", change.item().subject());
        // Subjects and revisions are those of a scope: without it, items of two tenants look the same to a consumer.
        put(extensions, "scope", change.item().scope());
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
