package io.eventful.delivery;

import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.HeaderEncoding;
import io.eventful.subscription.SubscriptionConfig.ContentMode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event as HTTP carries it (CloudEvents HTTP binding 1.0, section 3), made once for all subscriptions that get it.
 * Thread-safe; two threads may make the same content.
 */
final class EventForm {

    private static final String STRUCTURED = EventJson.MEDIA_TYPE + "; charset=UTF-8";

    private final Event event;
    private volatile @Nullable Content binary;
    private volatile @Nullable Content structured;

    EventForm(Event event) {
        this.event = event;
    }

    /** Header fields and the exact bytes of the body. */
    record Content(Map<String, String> headers, byte[] body) {}

    Event event() {
        return event;
    }

    Content content(ContentMode mode) {
        Content made = mode == ContentMode.BINARY ? binary : structured;
        if (made != null) return made;
        if (mode == ContentMode.BINARY) return binary = binary();
        return structured = new Content(Map.of("Content-Type", STRUCTURED), EventJson.write(event));
    }

    private Content binary() {
        Map<String, String> headers = new TreeMap<>();
        headers.put("ce-specversion", "1.0");
        headers.put("ce-id", HeaderEncoding.encode(event.id()));
        headers.put("ce-source", HeaderEncoding.encode(event.source()));
        headers.put("ce-type", HeaderEncoding.encode(event.type()));
        for (String name : new String[] {"subject", "time", "dataschema"})
            event.attribute(name).ifPresent(value -> headers.put("ce-" + name, HeaderEncoding.encode(value)));
        event.extensions().forEach((name, value) -> headers.put("ce-" + name, HeaderEncoding.encode(value)));
        String type = event.datacontenttype();
        if (type != null) headers.put("Content-Type", type);
        return new Content(headers, event.data());
    }
}
