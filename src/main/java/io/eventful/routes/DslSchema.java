package io.eventful.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;

/** Camel's own JSON schema of the YAML DSL, as it comes with the library that reads the files. Thread-safe. */
final class DslSchema {

    private static final String RESOURCE = "/schema/camelYamlDsl.json";

    private final JsonNode root;
    private final IdentityHashMap<JsonNode, DslShape> shapes = new IdentityHashMap<>();

    private DslSchema(JsonNode root) {
        this.root = root;
    }

    static DslSchema load() {
        try (InputStream in = DslSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) throw new IllegalStateException("the Camel YAML DSL brings no schema");
            return new DslSchema(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What may stand in the list that a file is. */
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
