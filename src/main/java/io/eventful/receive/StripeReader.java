package io.eventful.receive;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.edge.Fields;
import io.eventful.event.Json;

/** Stripe: an event object, which names itself. */
record StripeReader() implements Reader {

    @Override
    public boolean takes(MediaType type) {
        return Bodies.JSON.include(type);
    }

    @Override
    public Reading read(Fields fields, byte[] body) {
        JsonNode event = Json.parse(body);
        String id = Payloads.text(event, "id");
        if (id.isEmpty()) return Reading.malformed("event-id-missing");
        return Reading.one(new Delivery(id, Payloads.text(event, "type"), event));
    }
}
