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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A live exchange, to be written as a test. No header of the caller is kept but one that is part of the item's identity,
 * and no value that is named like a secret.
 */
public final class Recording {

    private static final List<String> ATTRIBUTES =
            List.of("channel", "type", "subject", "pattern", "revision", "outcome");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final @Nullable JsonNode body;
    private final Redaction redaction;
    private final ObjectNode reply = JSON.objectNode();
    private final List<RecordedItem> items = new ArrayList<>();
    private final List<JsonNode> events = new ArrayList<>();
    private String begin = "";

    /**
     * @param headers of the call
     * @param body of the call, JSON; null for none
     * @param redacted names of members whose values are replaced as well
     */
    public Recording(
            String method, String path, Map<String, String> headers, @Nullable String body, Set<String> redacted) {
        this.method = method;
        this.headers = headers;
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

    /**
     * The item that the call may write; empty if no route captures the call.
     *
     * @param routes response of {@code GET /api/routes}
     */
    public Optional<String> item(JsonNode routes) {
        if (method.equals("GET") || method.equals("HEAD")) return Optional.empty();
        return CaptureRoutes.of(routes).item(path.replaceFirst("\\?.*", ""));
    }

    /** A change that the call has made, as the admin API shows it. */
    public void change(JsonNode change) {
        // In the test no time passes, so that it has the time of the first change.
        if (items.isEmpty()) begin = change.path("time").asText();
        items.add(RecordedItem.changed(change));
    }

    /** The latest change of the item, if the call has left that as it was. */
    public void unchanged(JsonNode latest) {
        items.add(RecordedItem.unchanged(latest));
    }

    /** An event that was published for it, as the tail shows it, with its channel. */
    public void event(JsonNode event) {
        events.add(event);
    }

    private JsonNode expected(JsonNode event) {
        ObjectNode expected = JSON.objectNode();
        for (String attribute : ATTRIBUTES) if (event.has(attribute)) expected.set(attribute, event.get(attribute));
        JsonNode data = RecordedData.of(event, begin);
        if (!data.isMissingNode()) expected.set("data", data);
        return expected;
    }

    /**
     * The test file.
     *
     * @param running response of {@code GET /api/routes}
     */
    public String text(JsonNode running) {
        ObjectNode test = JSON.objectNode().put("name", method + " " + path + " as recorded");
        CaptureRoutes routes = CaptureRoutes.of(running);
        test.set("given", given(routes));
        ObjectNode when = test.putObject("when").put("method", method).put("path", path);
        headers.forEach((name, value) -> {
            boolean scope = items.stream().anyMatch(item -> item.route(routes).has("scope", name));
            if (scope) when.withObject("/headers").put(name, value);
        });
        if (body != null) when.set("json", body);
        ObjectNode then = test.putObject("then");
        then.set("reply", reply);
        ArrayNode expected = then.putArray("events");
        events.forEach(event -> expected.add(expected(event)));
        StringBuilder text = new StringBuilder("# Recorded from a live exchange. Review it before you commit it.\n");
        ObjectNode file = JSON.objectNode();
        Set<String> names = new LinkedHashSet<>();
        running.path("routes")
                .forEach(route -> names.add(name(route.path("file").asText())));
        ArrayNode files = file.putArray("routes");
        names.forEach(files::add);
        file.putArray("tests").add(redaction.of(test));
        YamlText.write(file, text);
        return text.toString();
    }

    private ObjectNode given(CaptureRoutes routes) {
        ObjectNode given = JSON.objectNode();
        if (!begin.isEmpty()) given.put("time", begin);
        for (RecordedItem each : items)
            each.ledger(method).ifPresent(item -> given.withArray("/ledger").add(item));
        ObjectNode stub = given.withArray("/upstream").addObject();
        if (!items.isEmpty() && !items.getFirst().upstream().equals("default"))
            stub.put("upstream", items.getFirst().upstream());
        stub.putObject("when").put("method", method).put("path", path);
        stub.set("reply", reply);
        for (RecordedItem each : items)
            each.gets(method, path, each.route(routes))
                    .ifPresent(gets -> given.withArray("/upstream").add(gets));
        return given;
    }

    private static String name(String file) {
        return String.valueOf(Path.of(file).getFileName());
    }
}
