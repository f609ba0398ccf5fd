package io.eventful.receive;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.edge.Fields;

/** Standard Webhooks: the id stands in the head, and the event's name in the body, when that is the recommended JSON. */
record StandardReader() implements Reader {

    @Override
    public boolean takes(MediaType type) {
        return true;
    }

    @Override
    public Reading read(Fields fields, byte[] body) {
        JsonNode payload = Payloads.of(MediaType.of(fields), body);
        return Reading.one(
                new Delivery(fields.first(StandardSignature.ID).orElse(""), Payloads.text(payload, "type"), payload));
    }
}
