package io.eventful.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Rendering;

/** The JSON Schemas of event data, for embedding in another document. */
final class Payloads {

    /** Media type of JSON Schema, with the draft that the schemas use. */
    static final String FORMAT = "application/schema+json;version=draft-2020-12";

    private Payloads() {}

    /**
     * The schema of a rendering's data without its {@code $id}; references are adjusted to its place in the document.
     *
     * @param place JSON Pointer of the schema in the document, as a URI fragment
     * @throws IllegalArgumentException when there is no such rendering
     */
    static JsonNode schema(String rendering, String place) {
        JsonNode schema = Rendering.named(rendering)
                .orElseThrow(() -> new IllegalArgumentException("there is no rendering " + rendering))
                .schema()
                .deepCopy();
        if (schema instanceof ObjectNode object) object.remove("$id");
        move(schema, place);
        return schema;
    }

    private static void move(JsonNode node, String place) {
        if (node instanceof ObjectNode object && object.path("$ref").asText().startsWith("#/"))
            object.put("$ref", place + object.get("$ref").asText().substring(1));
        node.forEach(child -> move(child, place));
    }
}
