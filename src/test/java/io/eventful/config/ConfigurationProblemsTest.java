package io.eventful.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/** Whatever is wrong is told in words: where, what, and what to write instead; all of it at once. */
class ConfigurationProblemsTest {

    @ConfigurationProperties("eventful.gate")
    record GateSettings(
            @DefaultValue("1s") Duration opening,
            @DefaultValue("5s") Duration closing,
            @DefaultValue("64KB") DataSize width,
            @DefaultValue({"1s", "2s"}) List<Duration> steps,
            @DefaultValue Lock lock,
            @DefaultValue Map<String, String> notes) {
        GateSettings {
            if (opening.isNegative())
                throw new IllegalArgumentException("eventful.gate.opening is " + opening + "; write 1s or more");
            if (width.toBytes() < 2048)
                throw new IllegalArgumentException("eventful.gate.width is " + width + "; write 2KB or more");
            if (closing.compareTo(opening) < 0)
                throw new IllegalArgumentException("eventful.gate.closing is shorter than opening");
        }
    }

    record Lock(@Nullable String key, @DefaultValue("1") int turns) {}

    private static final ConfigurationLoader LOADER =
            new ConfigurationLoader(List.of(GateSettings.class), Map.of("data", String.class), Map.of());

    @TempDir
    private Path folder;

    @Test
    void aliasesMayBeManyButNotStandForAnything() throws IOException {
        StringBuilder many = new StringBuilder("x: &steps [1s, 2s]\n");
        for (int i = 0; i < 60; i++) many.append("eventful.gate.note").append(i).append(": *steps\n");
        assertThat(problems(many.toString().getBytes(StandardCharsets.UTF_8), Map.of()))
                .extracting(ConfigurationProblem::message)
                .doesNotContain("is not UTF-8 text");

        StringBuilder laughs = new StringBuilder("a0: &a0 {}\n");
        for (int i = 1; i < 12; i++)
            laughs.append("a%1$d: &a%1$d [%2$s]\n"
                    .formatted(i, String.join(", ", Collections.nCopies(10, "*a" + (i - 1)))));
        assertThat(problems(laughs.toString().getBytes(StandardCharsets.UTF_8), Map.of()))
                .extracting(ConfigurationProblem::message)
                .contains("has aliases that stand for more than 100000 values");
    }

    private List<ConfigurationProblem> problems(byte[] file, Map<String, String> environment) {
        try {
            Path written = Files.write(folder.resolve("application.yaml"), file);
            return catchThrowableOfType(
                            ConfigurationException.class,
                            () -> LOADER.load(new ConfigurationSources(written, environment, List.of())))
                    .problems();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<ConfigurationProblem> problems(String yaml, Map<String, String> environment) {
        return problems(yaml.getBytes(StandardCharsets.UTF_8), environment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "- eventful",
                "eventful: gate",
                "eventful: [gate]",
                "eventful: &a\n  gate: *a\n",
                "eventful: {gate: {lock: {key: \"\u0001\"}}}"
            })
    void aFileOfAnotherFormIsToldInWordsAndWithItsPlace(String yaml) {
        assertThat(problems(yaml, Map.of())).singleElement().satisfies(problem -> {
            assertThat(problem.origin()).contains("application.yaml");
            assertThat(problem.remedy()).isNotEmpty();
        });
    }

    @Test
    void aFileInAnotherEncodingIsTold() {
        assertThat(problems("eventful: {data: é}".getBytes(StandardCharsets.ISO_8859_1), Map.of()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).isEqualTo("is not UTF-8 text"));
    }

    @Test
    void allThatOneRecordRefusesIsToldAtOnceWhereItWasWrittenAndAsItWasWritten() {
        assertThat(problems("eventful:\n  gate:\n    opening: -90s\n", Map.of("EVENTFUL_GATE_WIDTH", "1KB")))
                .extracting(ConfigurationProblem::path, ConfigurationProblem::origin, ConfigurationProblem::message)
                .containsExactly(
                        tuple(
                                "eventful.gate.opening",
                                folder.resolve("application.yaml") + ":3",
                                "is -1m30s; write 1s or more"),
                        tuple("eventful.gate.width", "environment EVENTFUL_GATE_WIDTH", "is 1KB; write 2KB or more"));
    }

    @Test
    void whatOnlyFollowsFromAnotherProblemIsNotTold() {
        // With the default for "opening", "closing" would be too short.
        assertThat(problems("eventful: {gate: {opening: soon, closing: 500ms}}", Map.of()))
                .extracting(ConfigurationProblem::path)
                .containsExactly("eventful.gate.opening");
        assertThat(problems("eventful: {gate: {opening: 9s, closing: 500ms}}", Map.of()))
                .extracting(ConfigurationProblem::path)
                .containsExactly("eventful.gate.closing");
    }

    @Test
    void anElementOfAListInOneTextIsCheckedLikeOneOfItsOwn() {
        for (String list : List.of("\"1s, soon\"", "[1s, soon]"))
            assertThat(problems("eventful: {gate: {steps: " + list + "}}", Map.of()))
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.path()).startsWith("eventful.gate.steps");
                        assertThat(problem.origin()).endsWith("application.yaml:1");
                        assertThat(problem.message()).contains("is not a duration such as");
                    });
    }

    /** Read as milliseconds, a schedule of [0, 5, 300] would be over in a third of a second. */
    @Test
    void aDurationHasAUnit() {
        assertThat(problems(
                        "eventful: {gate: {opening: 15, steps: [0, 5, 1m]}}", Map.of("EVENTFUL_GATE_CLOSING", "90")))
                .extracting(ConfigurationProblem::message)
                .containsExactlyInAnyOrder(
                        "is 15 without a unit; write 15s, 15ms or 15m",
                        "is 5 without a unit; write 5s, 5ms or 5m",
                        "is 90 without a unit; write 90s, 90ms or 90m");
    }

    /** A key that stayed as it stands there would be known to everybody who knows the file. */
    @Test
    void aPlaceholderIsNoValue() {
        assertThat(problems("eventful: {gate: {lock: {key: \"${GATE_KEY}\"}}}", Map.of()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("eventful.gate.lock.key");
                    assertThat(problem.remedy()).contains("EVENTFUL_GATE_LOCK_KEY");
                });
    }

    /** Some readers of the value would replace it, and others would not. */
    @Test
    void aPlaceholderIsNoPartOfAValueEither() {
        for (String value : List.of("${HOME}/gateway", "a/${b:${c}}", "\\${HOME}"))
            assertThat(problems("eventful: {data: '" + value + "'}", Map.of()))
                    .as(value)
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.path()).isEqualTo("eventful.data");
                        assertThat(problem.remedy()).contains("EVENTFUL_DATA");
                    });
        assertThat(problems("", Map.of("EVENTFUL_DATA", "${HOME}/gateway")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.origin()).isEqualTo("environment EVENTFUL_DATA");
                    assertThat(problem.remedy()).isEqualTo("Write what it stands for.");
                });
    }

    @Test
    void aSecretMayContainWhatLooksLikeAPlaceholder() {
        LoadedConfiguration loaded =
                LOADER.load(new ConfigurationSources(null, Map.of("EVENTFUL_GATE_LOCK_KEY", "pa${ss}word"), List.of()));
        assertThat(loaded.get(GateSettings.class).lock().key()).isEqualTo("pa${ss}word");
    }

    @Test
    void whatIsPassedOnToOthersMayHoldPlaceholdersOfTheirs() {
        LoadedConfiguration loaded = LOADER.load(new ConfigurationSources(
                null, Map.of("EVENTFUL_GATE_NOTES_SASL_PASSWORD", "${file:/run/secret:password}"), List.of()));
        assertThat(loaded.get(GateSettings.class).notes())
                .containsEntry("sasl.password", "${file:/run/secret:password}");
    }

    @ParameterizedTest
    @CsvSource({
        "EVENTFUL_GATE_OPENNING, Did you mean EVENTFUL_GATE_OPENING?",
        "EVENTFUL_GATE_LOCK_TRUNS, Did you mean EVENTFUL_GATE_LOCK_TURNS?",
        "EVENTFUL_COLOUR_OF_IT, 'Unset it, or compare its spelling with config/application.yaml.'"
    })
    void aVariableThatIsNoneNamesTheOneThatMayBeMeant(String variable, String remedy) {
        assertThat(problems("", Map.of(variable, "1")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).isEqualTo(remedy));
    }

    @Test
    void variablesThatKubernetesMakesOfAServiceAreNotTheConfigurations() {
        LoadedConfiguration loaded = LOADER.load(new ConfigurationSources(
                null,
                Map.of(
                        "EVENTFUL_GATEWAY_SERVICE_HOST", "10.0.0.7",
                        "EVENTFUL_GATEWAY_SERVICE_PORT", "8080",
                        "EVENTFUL_GATEWAY_SERVICE_PORT_HTTP", "8080",
                        "EVENTFUL_GATEWAY_PORT", "tcp://10.0.0.7:8080",
                        "EVENTFUL_PORT_8080_TCP", "tcp://10.0.0.7:8080",
                        "EVENTFUL_PORT_8080_TCP_ADDR", "10.0.0.7"),
                List.of()));
        assertThat(loaded.properties()).isEmpty();
        assertThat(problems("", Map.of("EVENTFUL_GAET_PORT", "8080"))).hasSize(1);
    }
}
