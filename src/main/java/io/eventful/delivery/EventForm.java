package io.eventful.delivery;

import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.HeaderEncoding;
import io.eventful.subscription.SubscriptionConfig.ContentMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event as HTTP carries it (CloudEvents HTTP binding 1.0, section 3), made once for all subscriptions that get it.
 * Thread-safe; two threads may make the same content.
 */
final class EventForm {

    /** Lower case: the CloudEvents SDK for JavaScript compares it as a text. */
    private static final String STRUCTURED = EventJson.MEDIA_TYPE + "; charset=utf-8";

    /**
     * Values that an HTTP field can carry (RFC 9110, section 5.5). The media type of an event that others published
     * may be none.
     */
    private static final Pattern FIELD = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e\\t]*[\\x21-\\x7e])?");

    private static final String OPAQUE = "application/octet-stream";

    private final Event event;
    private volatile @Nullable Content binary;
    private volatile @Nullable Content structured;
    private volatile @Nullable String webhookId;
    private @Nullable CompletableFuture<Long> kept;

    EventForm(Event event) {
        this.event = event;
    }

    /** Header fields and the exact bytes of the body. */
    record Content(List<Field> headers, byte[] body) {}

    Event event() {
        return event;
    }

    /** As {@link WebhookId#of}. */
    String webhookId() {
        String known = webhookId;
        if (known == null) webhookId = known = WebhookId.of(event);
        return known;
    }

    /** Makes sure, once for all subscriptions, that the event can be read again; anew when that failed. */
    synchronized CompletableFuture<Long> kept(Supplier<CompletableFuture<Long>> keep) {
        if (kept == null || kept.isCompletedExceptionally()) kept = keep.get();
        return kept;
    }

    Content content(ContentMode mode) {
        Content made = mode == ContentMode.BINARY ? binary : structured;
        if (made != null) return made;
        if (mode == ContentMode.BINARY) return binary = binary();
        return structured = new Content(List.of(Field.of("Content-Type", STRUCTURED)), EventJson.write(event));
    }

    private Content binary() {
        Map<String, String> headers = new TreeMap<>();
        headers.put("ce-specversion", "1.0");
        headers.put("ce-id", HeaderEncoding.encode(event.id()));
        headers.put("ce-source", HeaderEncoding.encode(event.source()));
        headers.put("ce-type", HeaderEncoding.encode(event.type()));
        for (String name : new String[] {"subject", "time", "dataschema"})
            event.attribute(name).ifPresent(value -> put(headers, name, value));
        event.extensions().forEach((name, value) -> put(headers, name, value));
        String type = event.datacontenttype();
        if (type != null) headers.put("Content-Type", FIELD.matcher(type).matches() ? type : OPAQUE);
        return new Content(Field.of(headers), event.data());
    }

    private static void put(Map<String, String> headers, String name, String value) {
        // CloudEvents has no empty attributes, and readers refuse them.
        if (!value.isEmpty()) headers.put("ce-" + name, HeaderEncoding.encode(value));
    }
}
