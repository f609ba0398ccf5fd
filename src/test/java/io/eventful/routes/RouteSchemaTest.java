package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code routes/.schema.json}, which editors complete and check route files by. */
class RouteSchemaTest {

    private static final Path FILE = Path.of("routes/.schema.json");
    private static Schema schema;

    @BeforeAll
    static void read() throws IOException {
        if (System.getProperty("eventful.golden", "").equals("write"))
            Files.writeString(FILE, RouteSchema.make().toString() + "\n");
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(Files.readString(FILE));
    }

    @Test
    void itIsWhatCamelAndTheGatewayRead() throws IOException {
        JsonNode shipped = new ObjectMapper().readTree(FILE.toFile());
        assertThat(shipped.equals(RouteSchema.make()))
                .as("run this test with -Deventful.golden=write after a change of Camel or of an option")
                .isTrue();
    }

    @Test
    void everyShippedFileIsValid() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            List<Path> routes = files.filter(RouteFolder::isRouteFile).toList();
            assertThat(routes).hasSizeGreaterThan(10);
            for (Path route : routes)
                assertThat(problems(Files.readString(route)))
                        .as(route.toString())
                        .isEmpty();
        }
    }

    @Test
    void misspeltStepsAndOptionsAreNot() {
        assertThat(problems(route("", "- filtre: {}"))).isNotEmpty();
        assertThat(problems(route("resorce: x", "- to: {uri: \"channel:a\"}")))
                .anyMatch(text -> text.contains("resorce"));
        assertThat(problems(route("before: ledgr", "- to: {uri: \"channel:a\"}")))
                .isNotEmpty();
        assertThat(problems(route("before: fetch", "- to: {uri: \"channel:a\"}")))
                .isEmpty();
        assertThat(problems(route("", "- to: {uri: \"view:a\", parameters: {acces: open}}")))
                .isNotEmpty();
        assertThat(problems(route("", "- to: {uri: \"log:a\", parameters: {anything: open}}")))
                .isEmpty();
    }

    private static String route(String parameters, String step) {
        return """
            - route:
                id: a
                from:
                  uri: capture:/a/{id}
                  parameters: {%s}
                  steps:
                    %s
            """.formatted(parameters, step);
    }

    private static List<String> problems(String yaml) {
        return schema.validate(yaml, InputFormat.YAML).stream()
                .map(Object::toString)
                .toList();
    }
}
