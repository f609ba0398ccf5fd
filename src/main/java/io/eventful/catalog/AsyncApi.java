package io.eventful.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.catalog.Catalog.Channel;
import io.eventful.catalog.Catalog.Message;
import io.eventful.catalog.Catalog.Operation;
import io.eventful.catalog.Catalog.Server;
import io.eventful.catalog.Catalog.Transport;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Writes a catalogue of events as an AsyncAPI 3.0 document. */
public final class AsyncApi {

    private static final String KAFKA_BINDING = "0.5.0";
    private static final String HTTP_BINDING = "0.3.0";

    private static final Comparator<Message> ORDER =
            Comparator.comparing(Message::type).thenComparing(Message::rendering);

    private final Catalog catalog;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    private AsyncApi(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The document. */
    public static ObjectNode document(Catalog catalog) {
        return new AsyncApi(catalog).write();
    }

    private ObjectNode write() {
        document.put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Eventful Gateway, events")
                .put("version", catalog.version())
                .put("description", """
                    The events of the routes that are running now. Every message is a CloudEvent 1.0; its context attributes are \
                    sent as message headers. A * in a type stands for a part that depends on the request.\
                    """)
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("url", "https://www.apache.org/licenses/LICENSE-2.0");
        document.put("defaultContentType", "application/json");
        document.put("x-generation", catalog.generation());
        ObjectNode servers = document.putObject("servers");
        for (Server server : catalog.servers()) server(servers.putObject(server.name()), server);
        document.putObject("channels");
        document.putObject("operations");
        document.putObject("components");
        for (Channel channel : catalog.channels()) channel(channel);
        return document;
    }

    private static void server(ObjectNode json, Server server) {
        json.put("host", server.host());
        json.put("protocol", server.protocol()).put("description", server.description());
        if (server.host().startsWith("{"))
            json.putObject("variables")
                    .putObject(server.host().substring(1, server.host().length() - 1))
                    .put("description", server.description());
    }

    private void channel(Channel channel) {
        ObjectNode json = document.withObject("/channels").putObject(channel.name());
        json.put("address", channel.address());
        ObjectNode messages = json.putObject("messages");
        List<Message> all = channel.messages().stream().sorted(ORDER).toList();
        for (Message message : all) {
            String key = key(channel.transport(), message);
            messages.set(key, reference("/components/messages/" + key));
            message(key, channel.transport(), message);
        }
        ArrayNode servers = json.putArray("servers");
        channel.servers().forEach(server -> servers.add(reference("/servers/" + server)));
        if (channel.transport() == Transport.KAFKA && channel.address() != null)
            json.putObject("bindings")
                    .putObject("kafka")
                    .put("topic", channel.address())
                    .put("bindingVersion", KAFKA_BINDING);
        for (Operation operation : channel.operations()) operation(channel, operation, all);
    }

    private void operation(Channel channel, Operation operation, List<Message> messages) {
        ObjectNode json = document.withObject("/operations").putObject(operation.name());
        json.put("action", operation.action().name().toLowerCase(Locale.ROOT));
        json.set("channel", reference("/channels/" + channel.name()));
        json.put("summary", operation.summary());
        ArrayNode flowing = json.putArray("messages");
        for (Message message : messages)
            flowing.add(reference("/channels/" + channel.name() + "/messages/" + key(channel.transport(), message)));
        if (channel.transport() == Transport.WEBHOOK)
            json.putObject("bindings").putObject("http").put("method", "POST").put("bindingVersion", HTTP_BINDING);
    }

    private void message(String key, Transport transport, Message message) {
        ObjectNode all = components("messages");
        if (all.has(key)) return;
        ObjectNode json = all.putObject(key);
        json.put("name", message.type());
        json.put("title", message.rendering().isEmpty() ? message.type() : message.type() + ", " + message.rendering());
        json.set("headers", AttributeHeaders.of(transport, message));
        if (!message.rendering().isEmpty()) {
            json.put("contentType", "application/json");
            json.set("payload", reference("/components/schemas/" + message.rendering()));
            schema(message.rendering());
        }
        if (transport == Transport.KAFKA)
            json.putObject("bindings")
                    .putObject("kafka")
                    .put("bindingVersion", KAFKA_BINDING)
                    .putObject("key")
                    .put("type", "string")
                    .put("description", "The subject of the event");
    }

    private void schema(String rendering) {
        ObjectNode schemas = components("schemas");
        if (schemas.has(rendering)) return;
        JsonNode schema = Payloads.schema(rendering, "#/components/schemas/" + rendering + "/schema");
        schemas.putObject(rendering).put("schemaFormat", Payloads.FORMAT).set("schema", schema);
    }

    private ObjectNode components(String kind) {
        return document.withObject("/components").withObject("/" + kind);
    }

    private static ObjectNode reference(String pointer) {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#" + pointer);
    }

    /** The key of a message; a star is replaced, because AsyncAPI keys do not allow it. */
    private static String key(Transport transport, Message message) {
        String rendering = message.rendering().isEmpty() ? "" : "." + message.rendering();
        String type = message.type().replace("*", "any").replaceAll("[^A-Za-z0-9._-]", "_");
        return transport.name().toLowerCase(Locale.ROOT) + "." + type + rendering;
    }
}
