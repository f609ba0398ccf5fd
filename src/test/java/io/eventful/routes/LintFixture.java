package io.eventful.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Lint of one file, with a configuration. */
abstract class LintFixture {

    @TempDir
    Path folder;

    final Map<String, Object> configuration = new HashMap<>();

    List<String> lint(String text) throws IOException {
        RoutesSettings settings =
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("eventful.routes", RoutesSettings.class);
        Path file = Files.writeString(folder.resolve("a.yaml"), text);
        try (RouteLint lint = new RouteLint(settings, configuration)) {
            return lint.lint(List.of(file)).problems().stream()
                    .map(problem -> problem.text().replace(folder + "/", "").replaceFirst(";.*", ""))
                    .toList();
        }
    }

    static String route(String id, String from, String... steps) {
        return "- route:\n    id: " + id + "\n    from:\n      uri: " + from + "\n      steps:\n        "
                + String.join("\n        ", steps) + "\n";
    }

    static String capture(String id, String template, String parameters) {
        return "- route:\n    id: " + id + "\n    from:\n      uri: capture:" + template + "\n      parameters: {"
                + parameters + "}\n      steps:\n        - log: {message: x}\n";
    }
}
