package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.eventful.routes.RouteLint;
import io.eventful.routes.RouteProblem;
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

/** What lint says of the addresses that a route begins with and sends to. */
class LintAddressesTest {

    private static final String CUSTOMERS = "{uri: \"capture:/customers/{id}\"";

    @TempDir
    Path folder;

    private List<RouteProblem> problems(String from, String to) throws Exception {
        Path file = Files.writeString(
                folder.resolve("imports.yaml"),
                "- route: {id: imports, from: " + from
                        + ", steps: [transformDataType: {toType: \"event:state\"}, to: {uri: \"" + to + "\"}]}}\n");
        RoutesSettings settings =
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("eventful.routes", RoutesSettings.class);
        try (RouteLint lint = new RouteLint(settings, Map.of())) {
            return lint.lint(List.of(file)).problems();
        }
    }

    private List<RouteProblem> items(String pointer) throws Exception {
        return problems(CUSTOMERS + ", parameters: {items: \"" + pointer + "\"}", "mock:imports");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "#/results", "#/a:b", "/results"})
    void aPointerAsAUriFragmentIsNoBean(String pointer) throws Exception {
        assertThat(items(pointer)).isEmpty();
    }

    @Test
    void anotherWordAfterTheSignIs() throws Exception {
        assertThat(items("#results")).extracting(RouteProblem::rule).containsExactly("unknown-bean");
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel", "channel:", "subscribers", "subscribers:", "view", "view:?access=open"})
    void aWordWithoutItsNameIsTold(String to) throws Exception {
        assertThat(problems(CUSTOMERS, to))
                .extracting(RouteProblem::message)
                .contains("\"" + to.replaceFirst("[:?].*", "") + ":\" requires a name");
    }

    @Test
    void soIsACaptureWithoutItsTemplate() throws Exception {
        assertThat(problems("{uri: capture, parameters: {template: \"/customers/{id}\"}", "mock:imports"))
                .extracting(RouteProblem::message, RouteProblem::remedy)
                .containsExactly(tuple(
                        "\"capture:\" requires a path template", "add it to the URI, such as capture:/customers/{id}"));
    }

    @Test
    void everyWrongOptionIsToldAtOnce() throws Exception {
        String options = "{before: fetched, redact: ssn, resource: customer, laneWait: soon, colour: red}";
        assertThat(problems(CUSTOMERS + ", parameters: " + options, "mock:imports"))
                .filteredOn(problem -> problem.severity() == RouteProblem.Severity.ERROR)
                .extracting(RouteProblem::message)
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message).contains("before=fetched"),
                        message -> assertThat(message).contains("redact=ssn"),
                        message -> assertThat(message).contains("laneWait=soon"),
                        message -> assertThat(message).contains("no option \"colour\""));
    }

    @Test
    void classesOfExceptionsAndStrategiesAreLookedForToo() throws Exception {
        Path file = Files.writeString(folder.resolve("a.yaml"), """
            - route:
                id: a
                from:
                  uri: timer:a
                  steps:
                    - aggregate:
                        correlationExpression: {constant: {expression: x}}
                        aggregationStrategy: "#nope"
                        completionSize: 2
                        forceCompletionOnStop: true
                        steps:
                          - doTry:
                              steps: [{stop: {}}]
                              doCatch: [{exception: [java.lang.Exeption], steps: [{stop: {}}]}]
            """);
        RoutesSettings settings =
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("eventful.routes", RoutesSettings.class);
        try (RouteLint lint = new RouteLint(settings, Map.of())) {
            assertThat(lint.lint(List.of(file)).problems())
                    .extracting(RouteProblem::rule)
                    .containsExactlyInAnyOrder("unknown-bean", "unknown-class");
        }
    }
}
