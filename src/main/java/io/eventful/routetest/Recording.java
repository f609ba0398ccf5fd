package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.edge.Preferences;
import io.eventful.event.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A live exchange, to be written as a test. No header of the caller is kept but {@code Prefer}, on which the reply
 * depends, and one that is part of the item's identity, and no value that is named like a secret.
 */
public final class Recording {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final @Nullable JsonNode body;
    private final Redaction redaction;
    private ObjectNode reply = JSON.objectNode();
    /** The upstream's reply, if it is not that to the call. */
    private @Nullable ObjectNode answered;

    private final List<RecordedItem> items = new ArrayList<>();
    private final Set<String> positions = new HashSet<>();
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

    /** The path of a call as it is sent: characters beyond ASCII are percent-encoded. */
    public static String sent(String path) {
        return AsciiTarget.of(path);
    }

    /** The reply to the call, and where its command is, if it has become one; then {@link #command} has to follow. */
    public Optional<String> reply(HttpResponse<byte[]> response) {
        Optional<String> command = RecordedReply.location(response);
        reply = command.isPresent() ? RecordedReply.accepted(response) : RecordedReply.ordinary(response);
        return command;
    }

    /**
     * The command that the call has become, as the gateway shows it.
     *
     * @return false if it does not tell the upstream's reply, so that there can be no test
     */
    public boolean command(JsonNode command) {
        answered = RecordedReply.answered(command).orElse(null);
        return answered != null;
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
        positions.add(change.path("position").asText());
    }

    /** The latest change of the item, if the call has left that as it was. */
    public void unchanged(JsonNode latest) {
        items.add(RecordedItem.unchanged(latest));
    }

    /** An event that was published meanwhile, as the tail shows it, with its channel; kept if it is of the call. */
    public void event(JsonNode event) {
        boolean ofChange = positions.contains(event.path("position").asText());
        if (ofChange || RecordedEvent.isOfCommand(event, method, path.replaceFirst("\\?.*", ""))) events.add(event);
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
            boolean scope = items.stream().anyMatch(item -> item.route(routes).isScope(name));
            if (scope || name.equalsIgnoreCase(Preferences.FIELD))
                when.withObject("/headers").put(name, value);
        });
        if (body != null) when.set("json", body);
        ObjectNode then = test.putObject("then");
        then.set("reply", reply);
        ArrayNode expected = then.putArray("events");
        events.forEach(event -> expected.add(RecordedEvent.of(event, begin)));
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
        stub.set("reply", answered == null ? reply : answered);
        for (RecordedItem each : items)
            each.gets(method, path, each.route(routes))
                    .ifPresent(gets -> given.withArray("/upstream").add(gets));
        // The routes could not be loaded without the upstreams that they name.
        Set<String> missing = routes.upstreams();
        missing.remove("default");
        given.path("upstream")
                .forEach(each -> missing.remove(each.path("upstream").asText()));
        for (String name : missing)
            given.withArray("/upstream").addObject().put("upstream", name).put("reply", 404);
        return given;
    }

    private static String name(String file) {
        return String.valueOf(Path.of(file).getFileName());
    }
}
