package io.eventful.channel;

import io.eventful.event.AttributeText;
import io.eventful.event.Event;
import io.eventful.event.ExtensionNames;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Extension attributes that a route gives its events: the exchange properties {@value #PREFIX}NAME, NAME in lower-case
 * letters and digits (CloudEvents 1.0, naming conventions). One without a value is left out. They do not change the
 * event's id, so that a repeat stays one when a value differs the second time.
 */
final class AddedExtensions {

    static final String PREFIX = "event.extension.";

    private AddedExtensions() {}

    /** @throws IllegalArgumentException for a name that no extension can have, or that is taken; and for a value that is none */
    static Event to(Event event, Exchange exchange) {
        Event changed = event;
        for (Map.Entry<String, Object> property : exchange.getProperties().entrySet()) {
            if (!property.getKey().startsWith(PREFIX) || property.getValue() == null) continue;
            String name = property.getKey().substring(PREFIX.length());
            ExtensionNames.problem(name).ifPresent(problem -> {
                throw new IllegalArgumentException("The property " + property.getKey() + " can be no extension: "
                        + problem + ". Choose another name, such as " + PREFIX + "team");
            });
            String value =
                    exchange.getContext().getTypeConverter().convertTo(String.class, exchange, property.getValue());
            if (value == null || value.isEmpty()) continue;
            AttributeText.problem(value).ifPresent(problem -> {
                throw new IllegalArgumentException("The property " + property.getKey() + " can be no extension: "
                        + problem + ", which no attribute may contain. Remove it from the value");
            });
            changed = changed.withExtension(name, value);
        }
        return changed;
    }
}
