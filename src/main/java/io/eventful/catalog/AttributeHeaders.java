package io.eventful.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.catalog.Catalog.Message;
import io.eventful.catalog.Catalog.Transport;
import io.eventful.event.Event;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The JSON Schema of message headers that contain the context attributes of a CloudEvent (binary mode). */
final class AttributeHeaders {

    private static final Map<String, String> ATTRIBUTES = new TreeMap<>(Map.of(
            "id", "Identifies the event; the same when the event is delivered again",
            "source", "/upstreams/<name>, or /webhooks/<path>",
            "subject", "Path of the item",
            "time", "Time of the change",
            "revision", "Gapless sequence number of the change within its item, from 1",
            "position", "Global sequence number of the change in the ledger"));

    private AttributeHeaders() {}

    static ObjectNode of(Transport transport, Message message) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode fields = schema.putObject("properties");
        String prefix = prefix(transport);
        fields.putObject(prefix + "specversion").put("const", Event.SPEC_VERSION);
        type(fields.putObject(prefix + "type").put("type", "string"), message.type());
        ATTRIBUTES.forEach((name, text) ->
                fields.putObject(prefix + name).put("type", "string").put("description", text));
        if (!message.rendering().isEmpty())
            fields.putObject(prefix + "pattern")
                    .put("const", message.rendering().split("-", 2)[0]);
        if (transport == Transport.WEBHOOK) webhook(fields);
        schema.putArray("required").add(prefix + "id").add(prefix + "source").add(prefix + "type");
        return schema;
    }

    /** The header prefixes of the CloudEvents bindings for JMS, Kafka and HTTP. */
    private static String prefix(Transport transport) {
        return switch (transport) {
            case ARTEMIS -> "cloudEvents_";
            case KAFKA -> "ce_";
            case WEBHOOK -> "ce-";
        };
    }

    private static void type(ObjectNode field, String type) {
        if (!type.contains("*")) field.put("const", type);
        else if (!type.equals("*"))
            field.put(
                    "pattern",
                    "^"
                            + Pattern.compile("\\*")
                                    .splitAsStream(type + " ")
                                    .map(part -> part.strip().replace(".", "\\."))
                                    .reduce((one, other) -> one + ".+" + other)
                                    .orElse("")
                            + "$");
    }

    private static void webhook(ObjectNode fields) {
        fields.putObject("webhook-id")
                .put("type", "string")
                .put("description", "Unique for the event; the same for every attempt");
        fields.putObject("webhook-timestamp").put("type", "string").put("description", "Unix time of the attempt");
        fields.putObject("webhook-signature")
                .put("type", "string")
                .put("description", "Standard Webhooks: v1 (HMAC-SHA256) or v1a (Ed25519) over id.timestamp.body");
    }
}
