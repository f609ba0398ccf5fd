package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.eventful.event.ChangeJson;
import io.eventful.event.EventJson;
import io.eventful.event.Image;
import io.eventful.event.Json;
import io.eventful.event.Publication;
import io.eventful.event.Publications;
import io.eventful.event.Subjects;
import io.eventful.ledger.Ledger;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.Subscriptions;
import io.eventful.view.Views;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened, as JSON in the form in which tests expect it. */
final class Observed {

    private static final int MOST = 10_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Rig rig;
    private final long seeded;
    private final HttpClient http;

    /** @param seeded position up to which the ledger was given */
    Observed(Rig rig, long seeded, HttpClient http) {
        this.http = http;
        this.rig = rig;
        this.seeded = seeded;
    }

    static JsonNode text(@Nullable String text) {
        return text == null || text.isEmpty() ? TextNode.valueOf("") : TextNode.valueOf(text);
    }

    JsonNode reply(Player.Reply reply) {
        ObjectNode json = JSON.objectNode();
        HttpResponse<byte[]> response = reply.response();
        if (response == null) return json.put("failure", reply.failure());
        json.put("status", response.statusCode());
        ObjectNode headers = json.putObject("headers");
        response.headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        body(json, response.body());
        return json;
    }

    private static void body(ObjectNode json, byte[] body) {
        if (body.length == 0) return;
        Json.tryParse(body).ifPresent(parsed -> json.set("json", parsed));
        json.put("body", new String(body, StandardCharsets.UTF_8));
    }

    private static ObjectNode message(Map<String, List<String>> headers, byte[] body) {
        ObjectNode json = JSON.objectNode();
        ObjectNode fields = json.putObject("headers");
        headers.forEach((name, values) -> fields.put(name, String.join(", ", values)));
        body(json, body);
        return json;
    }

    /** Requests to the upstreams, or to one other system. */
    List<JsonNode> asked(String kind, @Nullable String name) {
        List<JsonNode> all = new ArrayList<>();
        for (StandIns.Asked each : rig.standIns().asked()) {
            String[] who = each.who().split(" ", 2);
            if (!who[0].equals(kind) || (name != null && !who[1].equals(name))) continue;
            ObjectNode json = JSON.objectNode();
            if (name == null) json.put("upstream", who[1]);
            json.put("method", each.request().method())
                    .put("path", each.request().target());
            json.setAll(message(each.request().headers(), each.request().body()));
            all.add(json);
        }
        return all;
    }

    List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        for (Publication each : rig.bean(Publications.class).after(0, MOST)) {
            ObjectNode json = JSON.objectNode().put("channel", each.channel());
            json.setAll(EventJson.tree(each.event()));
            events.add(json);
        }
        return events;
    }

    List<JsonNode> changes() {
        List<JsonNode> changes = new ArrayList<>();
        rig.bean(Ledger.class).after(seeded, MOST).forEach(change -> changes.add(ChangeJson.tree(change)));
        return changes;
    }

    /** Where an item of the ledger stands; null when it is not in the ledger. */
    @Nullable
    JsonNode item(String source, String scope, String subject) {
        return rig.bean(Ledger.class)
                .latest(Seed.item(source.isEmpty() ? "/upstreams/default" : source, scope, subject))
                .map(change -> {
                    ObjectNode json = JSON.objectNode().put("subject", change.subject());
                    json.put("revision", change.revision());
                    json.set("state", state(change.after()));
                    return json;
                })
                .orElse(null);
    }

    private static JsonNode state(Image image) {
        return switch (image) {
            case Image.Known known -> known.json();
            case Image.Absent absent -> JSON.nullNode();
            case Image.Digested digested -> TextNode.valueOf("(digested: " + digested.reason() + ")");
            case Image.Unknown unknown -> TextNode.valueOf("(unknown: " + unknown.reason() + ")");
        };
    }

    /** What has become of each subscriber, by name. */
    ObjectNode subscribers() {
        ObjectNode all = JSON.objectNode();
        rig.standIns()
                .subscribers()
                .ids()
                .forEach((id, name) -> rig.bean(Subscriptions.class)
                        .find(id)
                        .map(Subscription::status)
                        .ifPresent(status -> {
                            ObjectNode one = all.putObject(name)
                                    .put("status", status.state().name().toLowerCase(Locale.ROOT));
                            // As in the admin API.
                            if (!status.reason().isEmpty()) one.put("reason", status.reason());
                        }));
        return all;
    }

    /** Whether a route projects into a view. */
    boolean hasView(String view) {
        return rig.bean(Views.class).statuses().stream()
                .anyMatch(each -> each.name().equals(view));
    }

    /**
     * An item of a view, as the data port shows it to who has the key; null when it shows none.
     *
     * @param id of the item; of one in a scope with the query that names it, {@code 7?X-Tenant=a}
     */
    @Nullable
    JsonNode viewed(String view, String id) {
        int query = id.indexOf('?');
        String path = "/.eventful/views/" + view + Subjects.normalise('/' + (query < 0 ? id : id.substring(0, query)));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(rig.address() + path + (query < 0 ? "" : id.substring(query))))
                .header("Authorization", "Bearer " + Rig.KEY)
                // What the system behind has said to others with this key does not count.
                .header("Eventful-Test", "outcome")
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() == 404) return null;
            return Json.tryParse(response.body()).orElse(TextNode.valueOf("status " + response.statusCode()));
        } catch (IOException e) {
            return TextNode.valueOf("no reply");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return TextNode.valueOf("interrupted");
        }
    }

    /** What routes have sent to an endpoint outside. */
    List<JsonNode> sent(String endpoint) {
        List<JsonNode> all = new ArrayList<>();
        RecordingComponent component = rig.outside().get(endpoint.split(":", 2)[0]);
        if (component == null) return all;
        for (RecordingComponent.Sent each : component.sent()) {
            if (!each.endpoint().equals(endpoint)) continue;
            ObjectNode json = JSON.objectNode().put("form", each.form());
            ObjectNode options = json.putObject("options");
            each.options().forEach(options::put);
            ObjectNode headers = json.putObject("headers");
            each.headers().forEach(headers::put);
            body(json, each.body().getBytes(StandardCharsets.UTF_8));
            all.add(json);
        }
        return all;
    }
}
