package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.eventful.event.Json;
import io.eventful.routes.LintReport;
import io.eventful.routes.RouteLint;
import io.eventful.routes.RouteProblem;
import io.eventful.routes.RoutesSettings;
import io.eventful.routetest.Paint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * What lint says of a bad and a good file for each rule. With {@code -Deventful.golden=write} the expectations and the
 * examples of docs/lint.md are written anew, to be looked at before they are kept.
 */
class LintGoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/lint");
    private static final Path DOCS = Path.of("docs/lint.md");
    private static final Pattern RULE = Pattern.compile(
            "(?:error|warning)\\(\\s*(?:[a-z]+(?:\\.[a-zA-Z]+\\(\\))?,\\s*)?\"([a-z0-9]+(?:-[a-z0-9]+)*)\"");

    private static RouteLint lint;

    @BeforeAll
    static void start() {
        lint = lint(Map.of());
    }

    private static RouteLint lint(Map<String, Object> properties) {
        RoutesSettings settings =
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("eventful.routes", RoutesSettings.class);
        return new RouteLint(settings, properties);
    }

    /** A file of declared subscriptions may lie beside. */
    private static LintReport report(Path folder, String name) {
        List<Path> files = List.of(folder.resolve(name + ".yaml"));
        Path subscriptions = subscriptions(folder, name);
        if (!Files.exists(subscriptions)) return lint.lint(files);
        try (RouteLint own = lint(Map.of("eventful.subscriptions.file", subscriptions.toString()))) {
            return own.lint(files);
        }
    }

    private static Path subscriptions(Path folder, String name) {
        return folder.resolve(name + ".subscriptions.yaml");
    }

    @AfterAll
    static void stop() {
        lint.close();
    }

    private static List<Path> rules() throws IOException {
        try (Stream<Path> folders = Files.list(GOLDEN)) {
            return folders.sorted().toList();
        }
    }

    private static String text(Path folder) {
        return LintText.of(report(folder, "bad"), Paint.PLAIN).replace(folder + "/", "");
    }

    private static boolean writes() {
        return "write".equals(System.getProperty("eventful.golden"));
    }

    @Test
    void eachBadFileIsToldAsExpectedAndEachGoodOneIsGood() throws IOException {
        SoftAssertions all = new SoftAssertions();
        for (Path folder : rules()) {
            String rule = folder.getFileName().toString();
            if (writes()) Files.writeString(folder.resolve("expected.txt"), text(folder));
            all.assertThat(text(folder)).as(rule).isEqualTo(Files.readString(folder.resolve("expected.txt")));
            all.assertThat(report(folder, "bad").problems())
                    .as(rule)
                    .extracting(RouteProblem::rule)
                    .contains(rule);
            all.assertThat(report(folder, "good").problems())
                    .as("good file of %s", rule)
                    .isEmpty();
        }
        all.assertAll();
    }

    private static String example(Path folder) throws IOException {
        return "Bad:\n\n" + yaml(folder, "bad") + "```text\n" + Files.readString(folder.resolve("expected.txt"))
                + "```\n\nGood:\n\n" + yaml(folder, "good").strip() + "\n";
    }

    private static String yaml(Path folder, String name) throws IOException {
        String text = "```yaml\n" + Files.readString(folder.resolve(name + ".yaml")) + "```\n\n";
        Path subscriptions = subscriptions(folder, name);
        if (!Files.exists(subscriptions)) return text;
        return text + "`" + subscriptions.getFileName() + "` (`eventful.subscriptions.file`):\n\n```yaml\n"
                + Files.readString(subscriptions) + "```\n\n";
    }

    @Test
    void theDocumentationShowsTheseFilesForEachRule() throws IOException {
        if (writes()) write();
        String docs = Files.readString(DOCS);
        for (Path folder : rules())
            assertThat(docs).contains("### " + folder.getFileName() + "\n").contains(example(folder));
    }

    private static void write() throws IOException {
        String docs = Files.readString(DOCS);
        String mark = "<!-- examples: written by LintGoldenTest -->\n";
        StringBuilder text = new StringBuilder(docs.substring(0, docs.indexOf(mark) + mark.length()));
        for (Path folder : rules())
            text.append("\n### ").append(folder.getFileName()).append("\n\n").append(example(folder));
        Files.writeString(DOCS, text);
    }

    @Test
    void noRuleIsWithoutDocumentation() throws IOException {
        Set<String> rules = new TreeSet<>();
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/eventful/routes"))) {
            for (Path source : (Iterable<Path>) sources::iterator) {
                if (source.endsWith("RouteProblem.java")) continue;
                Matcher matcher = RULE.matcher(Files.readString(source));
                while (matcher.find()) rules.add(matcher.group(1));
            }
        }
        assertThat(rules).contains("yaml-syntax", "unknown-channel", "file-too-large");
        String docs = Files.readString(DOCS);
        List<String> missing = new ArrayList<>(rules);
        missing.removeIf(rule -> docs.contains("`" + rule + "`") || docs.contains("### " + rule + "\n"));
        assertThat(missing).isEmpty();
    }

    @Test
    void sarifFollowsItsSchemaAndJsonItsDescription() throws IOException {
        LintReport report = lint.lint(List.of(
                GOLDEN.resolve("unknown-step/bad.yaml"),
                GOLDEN.resolve("short-form/bad.yaml"),
                GOLDEN.resolve("yaml-syntax/bad.yaml")));
        try (InputStream schema = getClass().getResourceAsStream("/sarif/sarif-schema-2.1.0.json")) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                            .getSchema(schema)
                            .validate(LintSarif.of(report), com.networknt.schema.InputFormat.JSON))
                    .isEmpty();
        }
        var first = Json.parse(LintSarif.of(report)).at("/runs/0/results/0");
        assertThat(first.at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .startsWith("src/test/resources/lint/");
        var json = Json.parse(LintJson.of(report));
        assertThat(json.path("errors").asLong()).isEqualTo(report.errors()).isPositive();
        assertThat(json.at("/problems/0").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("file", "line", "column", "severity", "rule", "message", "remedy");
    }
}
