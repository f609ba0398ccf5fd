package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.sql.EvaluationException;
import io.cloudevents.sql.EvaluationRuntime;
import io.cloudevents.sql.Result;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The technology compatibility kit of CloudEvents SQL 1.0, on the expressions that the sql dialect compiles. */
class CesqlConformanceTest {

    /**
     * Where the SDK's values differ, and the filter's verdict, false for an error, does not. It keeps a value beside the
     * error of {@code !=}; and it casts integers to booleans, as the specification (section 3.7) says and the kit does not.
     */
    private static final Set<String> DEVIATIONS = Set.of(
            "AND operator is NOT short circuit evaluated when the first operand evaluates to true",
            "OR operator is NOT short circuit evaluated when the first operand evaluates to false",
            "Invalid int cast");

    private static final YAMLMapper YAML = new YAMLMapper();

    @TestFactory
    Stream<DynamicTest> kit() throws Exception {
        Path folder = Path.of(getClass().getResource("/cesql_tck").toURI());
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSize(18);
        return files.stream().flatMap(CesqlConformanceTest::cases);
    }

    private static Stream<DynamicTest> cases(Path file) {
        try {
            JsonNode document = YAML.readTree(file.toFile());
            return Stream.iterate(0, i -> i < document.path("tests").size(), i -> i + 1)
                    .map(i -> document.path("tests").get(i))
                    .map(each -> DynamicTest.dynamicTest(
                            file.getFileName() + ": " + each.path("name").asText(), () -> run(each)));
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    private static void run(JsonNode test) {
        Findings findings = new Findings();
        String expression = test.path("expression").asText();
        Optional<Condition.Sql> compiled = SqlFilters.compile(TextNode.valueOf(expression), "/filters/0/sql", findings);
        String error = test.path("error").asText("");
        if (error.equals("parse")) {
            assertThat(compiled).as(expression).isEmpty();
            assertThat(findings.clean()).isFalse();
            return;
        }
        assertThat(compiled).as(expression).isPresent();
        Result result = compiled.orElseThrow().expression().evaluate(EvaluationRuntime.getDefault(), event(test));
        boolean expected = error.isEmpty() && test.path("result").asBoolean();
        if (test.path("result").isBoolean())
            assertThat(compiled.orElseThrow().holds(event(test))).as(expression).isEqualTo(expected);
        if (DEVIATIONS.contains(test.path("name").asText())) return;
        if (error.isEmpty())
            assertThat(result.isFailed()).as(expression + " " + result.causes()).isFalse();
        else
            assertThat(result.causes())
                    .as(expression)
                    .extracting(CesqlConformanceTest::kind)
                    .contains(error);
        if (test.has("result")) assertThat(result.value()).as(expression).isEqualTo(value(test.get("result")));
    }

    private static String kind(EvaluationException cause) {
        return switch (cause.getKind()) {
            case CAST -> "cast";
            case MISSING_ATTRIBUTE -> "missingAttribute";
            case MISSING_FUNCTION -> "missingFunction";
            case FUNCTION_EVALUATION -> "functionEvaluation";
            case MATH -> "math";
            default -> cause.getKind().name();
        };
    }

    private static Object value(JsonNode json) {
        if (json.isBoolean()) return json.booleanValue();
        if (json.isIntegralNumber()) return json.intValue();
        return json.asText();
    }

    private static CloudEvent event(JsonNode test) {
        CloudEventBuilder builder =
                CloudEventBuilder.v1().withId("id").withType("type").withSource(URI.create("/source"));
        if (test.has("event")) builder = CloudEventBuilder.v1();
        JsonNode attributes = test.has("event") ? test.get("event") : test.path("eventOverrides");
        for (var member : attributes.properties()) {
            String text = member.getValue().asText();
            switch (member.getKey()) {
                case "specversion" -> {}
                case "id" -> builder.withId(text);
                case "type" -> builder.withType(text);
                case "source" -> builder.withSource(URI.create(text));
                case "subject" -> builder.withSubject(text);
                case "datacontenttype" -> builder.withDataContentType(text);
                case "dataschema" -> builder.withDataSchema(URI.create(text));
                case "time" -> builder.withTime(OffsetDateTime.parse(text));
                default -> {
                    if (member.getValue().isBoolean())
                        builder.withExtension(member.getKey(), member.getValue().booleanValue());
                    else if (member.getValue().isIntegralNumber())
                        builder.withExtension(member.getKey(), member.getValue().intValue());
                    else builder.withExtension(member.getKey(), text);
                }
            }
        }
        return builder.build();
    }
}
