package io.eventful.receive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.eventful.edge.Fields;

/**
 * Slack: callbacks of the Events API are named by the event in them, interactions by their type, and slash commands are
 * {@code command}. The challenge by which Slack checks an address is answered and not kept.
 */
record SlackReader() implements Reader {

    @Override
    public boolean takes(MediaType type) {
        return Bodies.JSON_OR_FORM.include(type);
    }

    @Override
    public Reading read(Fields fields, byte[] body) {
        JsonNode payload = Payloads.wrapped(MediaType.of(fields), body);
        String type = Payloads.text(payload, "type");
        if (type.equals("url_verification")) {
            JsonNode challenge = payload.get("challenge");
            if (challenge == null || !challenge.isTextual()) return Reading.malformed("challenge-missing");
            return new Reading.Handshake(JsonNodeFactory.instance.objectNode().set("challenge", challenge));
        }
        String id = Payloads.text(payload, "event_id");
        if (id.isEmpty()) id = Payloads.text(payload, "trigger_id");
        return Reading.one(new Delivery(id, event(payload, type), payload));
    }

    private static String event(JsonNode payload, String type) {
        if (type.equals("event_callback")) return Payloads.text(payload.path("event"), "type");
        return type.isEmpty() && payload.has("command") ? "command" : type;
    }
}
