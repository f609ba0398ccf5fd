package io.eventful.channel;

import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.JsonFormatException;
import io.eventful.event.Rendered;
import io.eventful.exchange.RouteStep;
import java.io.IOException;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * The event that an exchange publishes: its body, which is an {@link Event} or a structured CloudEvent, with the
 * exchange properties {@value #TYPE} and {@value #SUBJECT} in place of its type and subject, and with
 * {@linkplain AddedExtensions extension attributes} of the route.
 */
final class EventBody {

    /** Exchange property that replaces the event's type. */
    static final String TYPE = "event.type";

    /** Exchange property that replaces the event's subject, and its partition key when that was the subject. */
    static final String SUBJECT = "event.subject";

    private EventBody() {}

    /**
     * Reads the events: one, or those of a list, which is what a rendering with {@code split=true} makes.
     *
     * @throws IllegalArgumentException when the body is none; the message says where, and what to do
     */
    static List<Event> all(Exchange exchange, String channel) {
        if (!(exchange.getMessage().getBody() instanceof List<?> list)) return List.of(of(exchange, channel));
        if (list.isEmpty() || !list.stream().allMatch(Event.class::isInstance))
            throw refuse(exchange, channel, list.isEmpty() ? "is an empty list" : "is a list, but not of events");
        return list.stream()
                .map(event -> sound(override((Event) event, exchange), exchange, channel))
                .toList();
    }

    /**
     * Reads the event.
     *
     * @throws IllegalArgumentException when the body is none; the message says where, and what to do
     */
    static Event of(Exchange exchange, String channel) {
        Event event;
        try {
            Object body = exchange.getMessage().getBody();
            if (body instanceof StreamCache cache) cache.reset();
            event = EventJson.ofBody(body);
        } catch (JsonFormatException none) {
            throw refuse(exchange, channel, "is " + none.getMessage());
        } catch (IOException unreadable) {
            throw refuse(exchange, channel, "cannot be read");
        }
        return sound(override(event, exchange), exchange, channel);
    }

    /** What a step has put together, or a property has replaced, is kept: nobody could read it again otherwise. */
    private static Event sound(Event event, Exchange exchange, String channel) {
        try {
            EventJson.check(event);
            return event;
        } catch (JsonFormatException e) {
            throw refuse(exchange, channel, "is " + e.getMessage());
        }
    }

    private static Event override(Event body, Exchange exchange) {
        Event event = AddedExtensions.to(body, exchange);
        String type = exchange.getProperty(TYPE, String.class);
        String subject = exchange.getProperty(SUBJECT, String.class);
        if (type == null && subject == null) return event;
        Event changed = event;
        if (type != null) changed = changed.retyped(type);
        if (subject != null) {
            String key = event.extensions().get("partitionkey");
            if (key != null && key.equals(event.subject())) changed = changed.withExtension("partitionkey", subject);
            changed = changed.withSubject(subject);
        }
        Rendered origin = event.origin();
        if (origin == null) return changed;
        // Two events of one rendering that differ in type or subject are two events, not a repeat.
        String rendering = origin.rendering() + ' ' + (changed.type() + ' ' + changed.subject()).replace('\n', ' ');
        return changed.withOrigin(origin.as(rendering));
    }

    private static IllegalArgumentException refuse(Exchange exchange, String channel, String what) {
        return new IllegalArgumentException(RouteStep.of(exchange) + ": the body for channel:" + channel
                + " " + what + ". Add a step before it: transformDataType with toType event:state"
                + " (or event:notification, event:change), or make the body a structured CloudEvent");
    }
}
