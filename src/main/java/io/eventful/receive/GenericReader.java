package io.eventful.receive;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.edge.Fields;
import io.eventful.event.JsonPointers;

/**
 * For senders without a convention of their own.
 *
 * @param event where the event's name is; empty for nowhere
 * @param id where the delivery's id is; empty for nowhere
 */
record GenericReader(String event, String id) implements Reader {

    @Override
    public boolean takes(MediaType type) {
        return true;
    }

    @Override
    public Reading read(Fields fields, byte[] body) {
        JsonNode payload = Payloads.of(MediaType.of(fields), body);
        return Reading.one(new Delivery(find(id, fields, payload), find(event, fields, payload), payload));
    }

    /** A place is a JSON pointer, or the name of a field of the head. */
    private static String find(String place, Fields fields, JsonNode payload) {
        if (place.isEmpty()) return "";
        if (!place.startsWith("/")) return fields.first(place).orElse("");
        return JsonPointers.at(payload, place)
                .filter(value -> value.isValueNode() && !value.isNull())
                .map(JsonNode::asText)
                .orElse("");
    }
}
