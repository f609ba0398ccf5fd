package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A live exchange, to be written as a test. No header of the caller is kept, and no value that is named like a secret. */
public final class Recording {

    private static final List<String> ATTRIBUTES =
            List.of("channel", "type", "subject", "pattern", "revision", "outcome");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String method;
    private final String path;
    private final @Nullable JsonNode body;
    private final Redaction redaction;
    private final ObjectNode reply = JSON.objectNode();
    private final List<JsonNode> changes = new ArrayList<>();
    private final ArrayNode events = JSON.arrayNode();

    /**
     * @param body of the call, JSON; null for none
     * @param redacted names of members whose values are replaced as well
     */
    public Recording(String method, String path, @Nullable String body, Set<String> redacted) {
        this.method = method;
        this.redaction = new Redaction(redacted);
        this.path = redaction.target(path);
        this.body = body == null ? null : Json.parse(body);
    }

    /** The reply to the call. */
    public void reply(HttpResponse<byte[]> response) {
        reply.put("status", response.statusCode());
        response.headers()
                .firstValue("location")
                .ifPresent(location -> reply.putObject("headers").put("Location", location));
        byte[] bytes = response.body();
        if (bytes.length == 0) return;
        Json.tryParse(bytes)
                .ifPresentOrElse(
                        json -> reply.set("json", json),
                        () -> reply.put("body", new String(bytes, StandardCharsets.UTF_8)));
    }

    /** A change that the call has made, as the admin API shows it. */
    public void change(JsonNode change) {
        changes.add(change);
    }

    /** An event that was published for it, as the tail shows it, with its channel. */
    public void event(JsonNode event) {
        ObjectNode expected = JSON.objectNode();
        for (String attribute : ATTRIBUTES) if (event.has(attribute)) expected.set(attribute, event.get(attribute));
        JsonNode data = event.path("data").deepCopy();
        // The link's host is this gateway's, and digests are of what is not redacted.
        if (data instanceof ObjectNode object) object.remove(List.of("link", "digest", "beforeDigest", "afterDigest"));
        if (!data.isMissingNode()) expected.set("data", data);
        events.add(expected);
    }

    /** The test file. */
    public String text(Set<String> routes) {
        ObjectNode test = JSON.objectNode().put("name", method + " " + path + " as recorded");
        ObjectNode given = test.putObject("given");
        for (JsonNode each : changes)
            if (each.path("revision").asLong() > 1 && !each.path("before").isNull())
                given.withArray("/ledger")
                        .addObject()
                        .<ObjectNode>set("subject", each.get("subject"))
                        .<ObjectNode>set("state", each.get("before"))
                        .set(
                                "revision",
                                Json.parse(Long.toString(each.path("revision").asLong() - 1)));
        ObjectNode stub = given.withArray("/upstream").addObject();
        stub.putObject("when").put("method", method).put("path", path);
        stub.set("reply", reply);
        ObjectNode when = test.putObject("when").put("method", method).put("path", path);
        if (body != null) when.set("json", body);
        ObjectNode then = test.putObject("then");
        then.set("reply", reply);
        then.set("events", events);
        StringBuilder text = new StringBuilder("# Recorded from a live exchange. Review it before you commit it.\n");
        ObjectNode file = JSON.objectNode();
        ArrayNode files = file.putArray("routes");
        routes.forEach(each -> files.add(String.valueOf(Path.of(each).getFileName())));
        file.putArray("tests").add(redaction.of(test));
        YamlText.write(file, text);
        return text.toString();
    }
}
