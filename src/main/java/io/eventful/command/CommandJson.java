package io.eventful.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Json;
import io.eventful.ledger.KeptReply;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Commands as they are shown. */
public final class CommandJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private CommandJson() {}

    /**
     * A command: {@code id}, {@code status}, {@code method}, {@code path}, {@code createdAt}; when it has ended {@code
     * endedAt}, a {@code reason} where there is one, and the {@code response}, as far as there was one and it may be kept.
     */
    public static ObjectNode tree(Command command) {
        ObjectNode json = NODES.objectNode();
        json.put("id", command.id());
        json.put("status", command.status().word());
        json.put("method", command.method());
        json.put("path", command.path());
        json.put("createdAt", command.created().toString());
        if (command.ended() != null) json.put("endedAt", command.ended().toString());
        if (command.reason() != null) json.put("reason", command.reason());
        if (command.reply() != null) json.set("response", response(command.reply()));
        return json;
    }

    private static ObjectNode response(KeptReply reply) {
        ObjectNode json = NODES.objectNode();
        json.put("status", reply.status());
        ObjectNode headers = json.putObject("headers");
        for (JsonNode field : Json.parse(reply.head())) {
            String name = field.path(0).asText().toLowerCase(Locale.ROOT);
            String value = field.path(1).asText();
            headers.put(name, headers.has(name) ? headers.path(name).asText() + ", " + value : value);
        }
        byte[] body = reply.body();
        if (body == null) json.put("bodyOmitted", "too large to be kept, or must not be");
        else if (body.length > 0) body(json, headers.path("content-type").asText(""), body);
        return json;
    }

    /** JSON as JSON, text as text, and anything else as {@code base64}, which {@code encoding} says then. */
    private static void body(ObjectNode json, String type, byte[] body) {
        String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        Optional<JsonNode> document =
                essence.endsWith("json") || essence.isEmpty() ? Json.tryParse(body) : Optional.empty();
        Optional<String> text = document.isPresent() ? Optional.empty() : text(body);
        if (document.isPresent()) json.set("body", document.get());
        else if (text.isPresent()) json.put("body", text.get());
        else json.put("body", Base64.getEncoder().encodeToString(body)).put("encoding", "base64");
    }

    private static Optional<String> text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            boolean plain = text.chars().noneMatch(letter -> letter < ' ' && "\t\r\n".indexOf(letter) < 0);
            return plain ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }
}
