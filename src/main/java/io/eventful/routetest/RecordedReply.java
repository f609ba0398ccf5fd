package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.edge.Preferences;
import io.eventful.event.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The reply to a recorded call. If the gateway has made a command of the call, the reply is the gateway's own; the command
 * tells that of the upstream.
 */
final class RecordedReply {

    private static final String PATH = "/.eventful/commands/";
    private static final int ACCEPTED = 202;

    private RecordedReply() {}

    /** Where the command of a reply is; empty if it is no reply of a command. */
    static Optional<String> location(HttpResponse<byte[]> response) {
        return response.statusCode() == ACCEPTED
                ? response.headers().firstValue("location").filter(location -> location.startsWith(PATH))
                : Optional.empty();
    }

    /** The upstream's reply. */
    static ObjectNode ordinary(HttpResponse<byte[]> response) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode().put("status", response.statusCode());
        response.headers()
                .firstValue("location")
                .ifPresent(location -> reply.putObject("headers").put("Location", location));
        byte[] bytes = response.body();
        if (bytes.length > 0)
            Json.tryParse(bytes)
                    .ifPresentOrElse(
                            json -> reply.set("json", json),
                            () -> reply.put("body", new String(bytes, StandardCharsets.UTF_8)));
        return reply;
    }

    /** The gateway's reply without what a run of the test cannot bring about again: each command has its own id. */
    static ObjectNode accepted(HttpResponse<byte[]> response) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode().put("status", ACCEPTED);
        response.headers()
                .firstValue(Preferences.APPLIED)
                .ifPresent(applied -> reply.putObject("headers").put(Preferences.APPLIED, applied));
        return reply;
    }

    /** The upstream's reply, as a command shows it; empty if it is not known, or not whole. */
    static Optional<ObjectNode> answered(JsonNode command) {
        JsonNode response = command.path("response");
        if (!response.isObject() || response.has("bodyOmitted") || command.has("reason")) return Optional.empty();
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.set("status", response.get("status"));
        JsonNode location = response.at("/headers/location");
        if (location.isTextual()) reply.putObject("headers").set("Location", location);
        JsonNode body = response.path("body");
        if (response.has("encoding")) reply.put("body", decoded(body.asText()));
        else if (body.isTextual()) reply.set("body", body);
        else if (!body.isMissingNode()) reply.set("json", body);
        return Optional.of(reply);
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
