package io.eventful.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;

/** Camel's JSON Schema of the YAML DSL, from the library that parses the files. Thread-safe. */
final class DslSchema {

    private static final String RESOURCE = "/schema/camelYamlDsl.json";

    private final JsonNode root;
    private final IdentityHashMap<JsonNode, DslShape> shapes = new IdentityHashMap<>();

    private DslSchema(JsonNode root) {
        this.root = root;
    }

    static DslSchema load() {
        try (InputStream in = DslSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) throw new IllegalStateException("the Camel YAML DSL has no schema");
            return new DslSchema(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shape of the elements of a route file. */
    DslShape item() {
        return shape(root.get("items"));
    }

    /** The shape of a (sub-)schema of this document. */
    synchronized DslShape shape(JsonNode node) {
        JsonNode resolved = resolve(node);
        DslShape known = shapes.get(resolved);
        if (known != null) return known;
        DslShape made = new DslShape(this, resolved);
        shapes.put(resolved, made);
        return made;
    }

    JsonNode resolve(JsonNode node) {
        JsonNode target = node;
        while (target.has("$ref")) target = root.at(target.get("$ref").asText().substring(1));
        return target;
    }
}
