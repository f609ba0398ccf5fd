package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import java.time.Instant;

/** Drafts of intents as the ledger keeps them: one JSON document each. */
final class Drafts {

    private Drafts() {}

    static byte[] bytes(IntentDraft draft) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("source", draft.item().source());
        json.put("scope", draft.item().scope());
        json.put("subject", draft.item().subject());
        json.put("resource", draft.resource());
        json.put("action", draft.action());
        json.put("time", draft.time().toString());
        json.put("upstream", draft.upstream());
        json.set("before", image(draft.before()));
        if (draft.expected() != null) json.set("expected", image(draft.expected()));
        if (draft.request() != null) json.set("request", Heads.request(draft.request()));
        json.put("order", Heads.code(draft.order()));
        json.put("guarantee", Heads.code(draft.guarantee()));
        Heads.put(json, "traceparent", draft.traceparent());
        Heads.put(json, "causation", draft.causation());
        if (draft.key() != null) json.set("key", key(draft.key()));
        return Json.bytes(json);
    }

    private static ObjectNode key(KeyClaim key) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("owner", key.owner());
        json.put("fingerprint", key.fingerprint());
        return json.put("expires", key.expires().toString());
    }

    private static KeyClaim key(JsonNode json) {
        return new KeyClaim(
                json.path("owner").asText(),
                json.path("fingerprint").asText(),
                Instant.parse(json.path("expires").asText()));
    }

    static IntentDraft read(byte[] bytes) {
        JsonNode json = Json.parse(bytes);
        return new IntentDraft(
                new Item(
                        json.path("source").asText(),
                        json.path("scope").asText(),
                        json.path("subject").asText()),
                json.path("resource").asText(),
                json.path("action").asText(),
                Instant.parse(json.path("time").asText()),
                json.path("upstream").asText(),
                image(json.path("before")),
                json.has("expected") ? image(json.path("expected")) : null,
                json.has("request") ? Heads.request(json.path("request")) : null,
                Heads.value(Change.Order.class, json.path("order").asText()),
                Heads.value(Change.Guarantee.class, json.path("guarantee").asText()),
                Heads.text(json, "traceparent"),
                Heads.text(json, "causation"),
                json.has("key") ? key(json.path("key")) : null);
    }

    private static ObjectNode image(Image image) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("image", Images.describe(image));
        if (image instanceof Image.Known known) json.set("json", known.json());
        return json;
    }

    private static Image image(JsonNode json) {
        JsonNode known = json.get("json");
        return known == null ? Images.read(json.path("image"), null) : Images.known(json.path("image"), known);
    }
}
