package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.routes.RouteLint;
import io.eventful.routes.RoutesSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LintFragmentsTest {

    @TempDir
    Path folder;

    private List<String> rules(String items) throws Exception {
        Path file = Files.writeString(folder.resolve("imports.yaml"), """
            - route:
                id: imports
                from:
                  uri: capture:/customers/{id}
                  parameters: {items: "%s"}
                  steps:
                    - transformDataType: {toType: "event:state"}
                    - to: {uri: "mock:imports"}
            """.formatted(items));
        RoutesSettings settings =
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("eventful.routes", RoutesSettings.class);
        try (RouteLint lint = new RouteLint(settings, Map.of())) {
            return lint.lint(List.of(file)).problems().stream()
                    .map(problem -> problem.rule())
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "#/results", "#/a:b", "/results"})
    void aPointerAsAUriFragmentIsNoBean(String items) throws Exception {
        assertThat(rules(items)).isEmpty();
    }

    @Test
    void anotherWordAfterTheSignIs() throws Exception {
        assertThat(rules("#results")).containsExactly("unknown-bean");
    }
}
