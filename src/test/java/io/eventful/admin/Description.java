package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an OpenAPI document says of operations, with its references followed. */
record Description(JsonNode document) {

    void valid(String name, JsonNode json) {
        valid(JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + name), json, name);
    }

    void valid(JsonNode schema, JsonNode json, String what) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.get("components"));
        List<Error> errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole)
                .validate(json);
        assertThat(errors).as(what).isEmpty();
    }

    JsonNode operation(String operation) {
        String[] parts = operation.split(" ");
        JsonNode found = document.get("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
        assertThat(found.isMissingNode()).as(operation).isFalse();
        return found;
    }

    List<JsonNode> parameters(String operation) {
        List<JsonNode> all = new ArrayList<>();
        document.get("paths").get(operation.split(" ")[1]).path("parameters").forEach(each -> all.add(resolved(each)));
        operation(operation).path("parameters").forEach(each -> all.add(resolved(each)));
        return all;
    }

    JsonNode resolved(JsonNode node) {
        return node.path("$ref").isTextual()
                ? document.at(node.get("$ref").asText().substring(1))
                : node;
    }
}
