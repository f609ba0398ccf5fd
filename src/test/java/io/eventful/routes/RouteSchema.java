package io.eventful.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The schema that editors complete route files by: Camel's own of its YAML DSL, and the options of the gateway's own words. */
final class RouteSchema {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RouteSchema() {}

    static JsonNode make() {
        try (InputStream in = RouteSchema.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            ObjectNode schema = (ObjectNode) JSON.readTree(in);
            // Camel says draft 4, which has no conditions; nothing in its schema means something else in draft 7.
            schema.put("$schema", "http://json-schema.org/draft-07/schema#");
            schema.put("title", "Routes of the Eventful Gateway (Apache Camel YAML DSL)");
            ObjectNode definitions = (ObjectNode) schema.at("/items/definitions");
            ObjectNode from = (ObjectNode) definitions.get("org.apache.camel.model.FromDefinition");
            ArrayNode words = from.putArray("allOf");
            words.add(word("capture", capture()));
            words.add(word("webhook-in", webhookIn()));
            ArrayNode to =
                    ((ObjectNode) definitions.at("/org.apache.camel.model.ToDefinition/oneOf/1")).putArray("allOf");
            to.add(word("view", view()));
            return schema;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Applies to endpoints of one scheme only; others keep Camel's freedom. */
    private static ObjectNode word(String scheme, ObjectNode options) {
        ObjectNode rule = JSON.createObjectNode();
        rule.putObject("if").putObject("properties").putObject("uri").put("pattern", "^" + scheme + ":");
        ObjectNode parameters = rule.putObject("then").putObject("properties").putObject("parameters");
        parameters.put("type", "object").put("additionalProperties", false).set("properties", options);
        return rule;
    }

    private static ObjectNode capture() {
        ObjectNode options = JSON.createObjectNode();
        text(options, "upstream", "the upstream that is called; default: default");
        text(options, "queryUpstream", "another upstream for reads");
        text(options, "resource", "first part of the event types; default: the last literal segment");
        text(options, "id", "JSON Pointer to the id of a created item if there is no Location; default: /id");
        text(options, "items", "JSON Pointer to the array of items in the response to a call that writes several");
        text(options, "itemStatus", "JSON Pointer to the status of an element");
        text(options, "collection", "collection of these items if the calls have a path elsewhere, such as /customers");
        text(options, "actions", "comma-separated: POST /orders/7/cancel is the action cancel on /orders/7");
        text(options, "success", "status codes that count as success; default: 200-299");
        choice(options, "before", "source of the item before the change", "ledger", "fetch", "none");
        choice(options, "after", "source of the item after the change", "auto", "response", "fetch", "request");
        choice(
                options,
                "guarantee",
                "intent and outcome durable, only the outcome, or neither before the response",
                "intent",
                "outcome",
                "none");
        choice(options, "order", "lane: one write at a time per item; observed: no waiting", "lane", "observed");
        text(options, "laneWait", "maximum wait for the lane of the item; default: 2s");
        choice(
                options,
                "commands",
                "whether writes are executed synchronously or as commands",
                "sync",
                "prefer",
                "async");
        text(options, "queries", "what answers reads: upstream, or view:NAME");
        text(
                options,
                "scope",
                "part of the identity of the item: header:NAME or query:NAME, or the name alone for either");
        text(options, "bodyLimit", "larger bodies are streamed, and only their digest is stored; default: 1MB");
        text(options, "redact", "comma-separated JSON Pointers to members that are never stored");
        text(options, "exposePosition", "true adds Eventful-Position to responses");
        text(options, "ifMatch", "whether writes require If-Match");
        return options;
    }

    private static ObjectNode webhookIn() {
        ObjectNode options = JSON.createObjectNode();
        choice(
                options,
                "provider",
                "the sender of the webhooks",
                "github",
                "gitlab",
                "stripe",
                "slack",
                "shopify",
                "standard-webhooks",
                "hmac",
                "basic",
                "bearer",
                "cloudevents");
        for (String name : List.of(
                "secret",
                "secret2",
                "subject",
                "bodyLimit",
                "rate",
                "header",
                "algorithm",
                "encoding",
                "prefix",
                "signed",
                "timestamp",
                "event",
                "delivery",
                "tolerance",
                "origins")) text(options, name, "see docs/webhooks-in.md");
        return options;
    }

    private static ObjectNode view() {
        ObjectNode options = JSON.createObjectNode();
        choice(options, "access", "who may read it", "upstream", "key", "open");
        text(options, "index", "comma-separated members by which lists can be filtered and sorted");
        text(options, "maxLag", "maximum lag; beyond it, captured reads go to the upstream");
        choice(options, "miss", "answer to a captured read of an unknown item", "upstream", "notfound");
        text(options, "list", "member of the object that contains a captured list");
        return options;
    }

    /** Scalars of any kind: YAML reads 5 and true as what they look like. */
    private static void text(ObjectNode options, String name, String description) {
        ObjectNode option = options.putObject(name);
        option.putArray("type").add("string").add("number").add("boolean");
        option.put("description", description);
    }

    private static void choice(ObjectNode options, String name, String description, String... values) {
        ObjectNode option = options.putObject(name).put("description", description);
        // A placeholder stands for any of them.
        ArrayNode choices = option.putArray("anyOf");
        ArrayNode listed = choices.addObject().putArray("enum");
        for (String value : values) listed.add(value);
        choices.addObject().put("type", "string").put("pattern", "\\{\\{");
    }
}
