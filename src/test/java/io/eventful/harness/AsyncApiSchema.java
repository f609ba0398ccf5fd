package io.eventful.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The schema of AsyncAPI 3.0.0 documents, as its makers publish it. */
public final class AsyncApiSchema {

    private AsyncApiSchema() {}

    /** What is wrong with a document. */
    public static List<Error> errors(JsonNode document) {
        try {
            JsonNode schema = new ObjectMapper()
                    .readTree(AsyncApiSchema.class.getResourceAsStream("/catalog/asyncapi-3.0.0.schema.json"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(schema)
                    .validate(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
