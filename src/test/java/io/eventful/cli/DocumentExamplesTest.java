package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.eventful.config.ConfigurationSources;
import io.eventful.event.Json;
import io.eventful.routes.LintReport;
import io.eventful.routes.RouteLint;
import io.eventful.routes.RouteProblem;
import io.eventful.routes.RoutesSettings;
import io.eventful.subscription.SinkGuard;
import io.eventful.subscription.SubscriptionRequests;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documents are taken as they stand there: routes, configuration, subscriptions, JSON. */
class DocumentExamplesTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");
    /** A line of a block up to a comment, or a span of code; not a synopsis with its brackets. */
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|`)\\./eventful ([^`#\n\\[…|]+?)(?:`| *$| +#)");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\\S+");
    private static final Pattern SENT = Pattern.compile("(?s)/api/subscriptions .*-d '(.*?)'");

    /** What stands before steps that are shown without their route. */
    private static final String STEPS = """
        - route:
            id: steps
            from:
              uri: capture:/customers/{id}
              steps:
        """;

    @TempDir
    private Path folder;

    private record Example(Path document, String language, String text) {

        boolean begins(String start) {
            return text.startsWith(start);
        }
    }

    /** All but the examples of bad route files, which have a test of their own. */
    private static List<Example> examples(String language) throws IOException {
        List<Example> examples = new ArrayList<>();
        for (Path document : documents())
            if (!document.endsWith("lint.md"))
                for (MatchResult block :
                        BLOCK.matcher(Files.readString(document)).results().toList())
                    if (block.group(1).equals(language)) examples.add(new Example(document, language, block.group(2)));
        assertThat(examples).isNotEmpty();
        return examples;
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(docs, Stream.of(Path.of("README.md")))
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    @Test
    void everyYamlIsOfAKnownKindAndIsTaken() throws IOException {
        RoutesSettings settings = SettingsCatalogue.loader()
                .load(new ConfigurationSources(null, Map.of(), List.of()))
                .get(RoutesSettings.class);
        int routes = 0;
        try (RouteLint lint = new RouteLint(settings, Map.of("eventful.upstreams.crm.url", "http://127.0.0.1:1"))) {
            for (Example example : examples("yaml")) {
                if (example.begins("- ")) {
                    routes++;
                    routes(lint, example);
                } else if (example.begins("eventful:")) {
                    Path file = Files.writeString(folder.resolve("application.yaml"), example.text());
                    SettingsCatalogue.loader().load(new ConfigurationSources(file, Map.of(), List.of()));
                } else if (example.begins("subscriptions:")) {
                    new YAMLMapper()
                            .readTree(example.text())
                            .path("subscriptions")
                            .forEach(this::subscription);
                } else {
                    assertThat(example.text()).as("%s", example.document()).startsWith("routes: [");
                }
            }
        }
        assertThat(routes).isGreaterThan(6);
    }

    private void routes(RouteLint lint, Example example) throws IOException {
        String route = example.begins("- route:")
                ? example.text()
                : STEPS + example.text().indent(8);
        String text = route.replaceAll("\\{\\{env:\\w+}}", "secret-of-a-test");
        LintReport report = lint.lint(List.of(Files.writeString(folder.resolve("example.yaml"), text)));
        assertThat(report.problems())
                .as("%s: %s", example.document(), text)
                .filteredOn(problem -> problem.severity() == RouteProblem.Severity.ERROR)
                .isEmpty();
    }

    @Test
    void everyCommandLineIsUnderstood() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path document : documents())
            COMMAND.matcher(Files.readString(document)).results().forEach(line -> lines.add(line.group(1)));
        assertThat(lines).hasSizeGreaterThan(25);
        for (String line : lines) {
            String[] words = WORD.matcher(line)
                    .results()
                    .map(word -> word.group(1) == null ? word.group() : word.group(1))
                    .toArray(String[]::new);
            assertThatCode(() -> Main.commandLine().parseArgs(words)).as(line).doesNotThrowAnyException();
        }
    }

    @Test
    void everyJsonIsJsonAndEverySubscriptionIsTaken() throws IOException {
        int subscriptions = 0;
        for (Example example : examples("json")) {
            String text = example.begins("{") ? example.text() : "{" + example.text() + "}";
            JsonNode json = Json.parse(text);
            if (!json.has("sink")) continue;
            subscriptions++;
            subscription(json);
        }
        for (Example example : examples("sh"))
            for (MatchResult sent : SENT.matcher(example.text()).results().toList()) {
                subscriptions++;
                subscription(Json.parse(sent.group(1)));
            }
        assertThat(subscriptions).isEqualTo(4);
    }

    private void subscription(JsonNode json) {
        var requests = new SubscriptionRequests(
                new SinkGuard(List.of("127.0.0.0/8")), name -> List.of(InetAddress.getByName("93.184.216.34")));
        assertThat(requests.parse(json)).isNotNull();
    }
}
