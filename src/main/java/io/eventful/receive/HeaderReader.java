package io.eventful.receive;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.edge.Fields;

/**
 * For senders that name their deliveries in fields of the head: GitHub, Shopify.
 *
 * @param bodies what they send
 * @param event field with the event's name
 * @param id field with the delivery's id
 */
record HeaderReader(Bodies bodies, String event, String id) implements Reader {

    @Override
    public boolean takes(MediaType type) {
        return bodies.include(type);
    }

    @Override
    public Reading read(Fields fields, byte[] body) {
        JsonNode payload = Payloads.wrapped(MediaType.of(fields), body);
        return Reading.one(
                new Delivery(fields.first(id).orElse(""), fields.first(event).orElse(""), payload));
    }
}
