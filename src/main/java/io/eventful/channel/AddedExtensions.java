package io.eventful.channel;

import io.eventful.event.Event;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Extension attributes that a route gives its events: the exchange properties {@value #PREFIX}NAME, NAME in lower-case
 * letters and digits (CloudEvents 1.0, naming conventions). One without a value is left out. They do not change the
 * event's id, so that a repeat stays one when a value differs the second time.
 */
final class AddedExtensions {

    static final String PREFIX = "event.extension.";

    /** What these say, consumers rely on; the others are attributes of the specification. */
    private static final Set<String> TAKEN = Set.of(
            "causationid",
            "data",
            "datacontenttype",
            "dataschema",
            "guarantee",
            "id",
            "order",
            "outcome",
            "part",
            "partitionkey",
            "parts",
            "pattern",
            "position",
            "reason",
            "replay",
            "revision",
            "scope",
            "source",
            "specversion",
            "subject",
            "time",
            "traceparent",
            "type");

    private AddedExtensions() {}

    /** @throws IllegalArgumentException for a name that no extension can have, or that is taken */
    static Event to(Event event, Exchange exchange) {
        Event changed = event;
        for (Map.Entry<String, Object> property : exchange.getProperties().entrySet()) {
            if (!property.getKey().startsWith(PREFIX) || property.getValue() == null) continue;
            String name = property.getKey().substring(PREFIX.length());
            if (TAKEN.contains(name) || !name.matches("[a-z0-9]{1,64}"))
                throw new IllegalArgumentException("The property " + property.getKey() + " can be no extension: \""
                        + name + "\" " + (TAKEN.contains(name) ? "is taken" : "is not lower-case letters and digits")
                        + ". Choose another name, such as " + PREFIX + "team");
            String value =
                    exchange.getContext().getTypeConverter().convertTo(String.class, exchange, property.getValue());
            if (value != null && !value.isEmpty()) changed = changed.withExtension(name, value);
        }
        return changed;
    }
}
