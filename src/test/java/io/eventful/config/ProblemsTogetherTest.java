package io.eventful.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.eventful.config.ConfigurationSources.Flag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** One problem hides no other that has nothing to do with it, and none is told twice. */
class ProblemsTogetherTest {

    @ConfigurationProperties("eventful.lift")
    record LiftSettings(
            @DefaultValue("5s") Duration patience,
            @DefaultValue("4") int floors,
            @DefaultValue List<Stop> stops,
            @DefaultValue Map<String, Door> doors,
            @DefaultValue("cabin") String cabin) {
        LiftSettings {
            if (patience.toMillis() < 100)
                throw new IllegalArgumentException("eventful.lift.patience is " + patience + "; write 100ms or more");
            if (floors > 100)
                throw new IllegalArgumentException("eventful.lift.floors is " + floors + "; write 100 or less");
            doors.keySet().forEach(name -> {
                if (!name.matches("[A-Za-z]+"))
                    throw new IllegalArgumentException("eventful.lift.doors." + name + " is not a name: use letters");
            });
        }
    }

    record Stop(
            @Nullable String name, @DefaultValue("false") boolean express) {}

    record Door(@Nullable String side) {}

    private final ConfigurationLoader loader =
            new ConfigurationLoader(List.of(LiftSettings.class), Map.of("data", String.class), Map.of());

    @TempDir
    private Path folder;

    private List<ConfigurationProblem> problems(Path file, Map<String, String> environment, Flag... flags) {
        return catchThrowableOfType(
                        ConfigurationException.class,
                        () -> loader.load(new ConfigurationSources(file, environment, List.of(flags))))
                .problems();
    }

    private List<ConfigurationProblem> problems(String yaml, Map<String, String> environment, Flag... flags) {
        try {
            return problems(Files.writeString(folder.resolve("c.yaml"), yaml), environment, flags);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> paths(String yaml, Map<String, String> environment) {
        return problems(yaml, environment).stream()
                .map(ConfigurationProblem::path)
                .toList();
    }

    @Test
    void aFileWithBrokenSyntaxDoesNotHideWhatIsWrongElsewhere() {
        assertThat(paths("eventful: {lift: {", Map.of("EVENTFUL_LIFT_PATIENCE", "1ms", "EVENTFUL_LIFT_FLOORS", "999")))
                .containsExactly("c.yaml", "eventful.lift.patience", "eventful.lift.floors");
    }

    /** What the file would say may well agree with the other sources. */
    @Test
    void aFileThatCannotBeReadContradictsNothing() {
        ConfigurationProblem contradiction = new ConfigurationProblem("eventful.lift.cabin", "", "is missing", "");
        ConfigurationLoader agreeing = loader.agreeing(configuration -> List.of(contradiction));
        assertThat(catchThrowableOfType(
                                ConfigurationException.class,
                                () -> agreeing.load(new ConfigurationSources(
                                        Files.writeString(folder.resolve("c.yaml"), "eventful: {lift: {"),
                                        Map.of(),
                                        List.of())))
                        .problems())
                .extracting(ConfigurationProblem::path)
                .containsExactly("c.yaml");
    }

    @Test
    void anUnknownVariableOrAMisplacedKeyDoesNotHideOtherProblems() {
        Map<String, String> wrong = Map.of("EVENTFUL_LIFT_PATIENCE", "1ms", "EVENTFUL_LIFT_FLOORS", "999");
        assertThat(paths("lift: {floors: 1}", wrong))
                .containsExactly("lift.floors", "eventful.lift.patience", "eventful.lift.floors");
        assertThat(paths("eventful: {lift: {is: 1}}", wrong))
                .containsExactly("eventful.lift.is", "eventful.lift.patience", "eventful.lift.floors");
        assertThat(paths(
                        "",
                        Map.of(
                                "EVENTFUL_BOGUS", "1",
                                "EVENTFUL_LIFT_PATIENCE", "1ms",
                                "EVENTFUL_LIFT_FLOORS", "999")))
                .containsExactly("eventful", "eventful.lift.patience", "eventful.lift.floors");
    }

    @Test
    void oneTextIsNoListOfSettings() {
        assertThat(problems("eventful: {lift: {stops: abc}}", Map.of()))
                .extracting(ConfigurationProblem::path, ConfigurationProblem::message, ConfigurationProblem::remedy)
                .containsExactly(tuple("eventful.lift.stops", "must be a list", "Write [first, second]."));
        assertThat(problems("", Map.of("EVENTFUL_LIFT_STOPS", "[{\"name\":\"a\"}]")))
                .extracting(ConfigurationProblem::path, ConfigurationProblem::message, ConfigurationProblem::remedy)
                .containsExactly(tuple(
                        "eventful.lift.stops",
                        "must be a list",
                        "Write each of its settings as a variable, such as EVENTFUL_LIFT_STOPS_0_NAME."));
        assertThat(loader.load(new ConfigurationSources(null, Map.of("EVENTFUL_LIFT_STOPS", ""), List.of()))
                        .get(LiftSettings.class)
                        .stops())
                .isEmpty();
    }

    @Test
    void aProblemIsToldOnce() {
        for (String yaml : List.of(
                "cabin: [a, b]",
                "cabin:\n    - a\n    - b\n",
                "stops: {name: a, express: true}",
                "lamps: {colour: red, number: 2}",
                "stops: [{name: [a, b]}]")) {
            assertThat(problems("eventful:\n  lift:\n    " + yaml, Map.of()))
                    .as(yaml)
                    .hasSize(1);
        }
        // In two sources it is to be mended twice.
        assertThat(problems(
                        "eventful: {lift: {floors: many}}",
                        Map.of("EVENTFUL_LIFT_FLOORS", "some"),
                        new Flag("eventful.lift.floors", "few", "--floors")))
                .hasSize(3);
    }

    @Test
    void aFolderIsNoConfigurationFile() {
        assertThat(problems(folder, Map.of())).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(folder.toString());
            assertThat(problem.message()).isEqualTo("is a folder, not a file");
        });
    }

    @Test
    void aNameWithABlankIsNamedAsAWhole() {
        assertThat(problems("eventful:\n  lift:\n    doors: {a b: {side: left}}\n    floors: 999", Map.of()))
                .extracting(ConfigurationProblem::path, ConfigurationProblem::origin, ConfigurationProblem::message)
                .containsExactly(
                        tuple("eventful.lift.floors", folder.resolve("c.yaml") + ":4", "is 999; write 100 or less"),
                        tuple(
                                "eventful.lift.doors.a b",
                                folder.resolve("c.yaml") + ":3",
                                "is not a name: use letters"));
    }

    @Test
    void theSecondOfTwoEqualNamesTellsWhereTheFirstIs() {
        assertThat(problems(
                        "eventful.lift.doors: {A.b: {side: l}}\neventful: {lift: {doors: {A.b: {side: l}}}}", Map.of()))
                .extracting(ConfigurationProblem::message)
                .contains("is a duplicate; first set at " + folder.resolve("c.yaml") + ":1");
    }

    @Test
    void anEmptyFlagIsAMistake() {
        assertThat(problems("", Map.of(), new Flag("eventful.lift.cabin", "", "--cabin")))
                .extracting(ConfigurationProblem::path, ConfigurationProblem::origin, ConfigurationProblem::message)
                .containsExactly(tuple("eventful.lift.cabin", "--cabin", "is empty"));
        assertThat(problems("", Map.of(), new Flag("eventful.data", " ", "--data")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).isEqualTo("Give --data a value, or leave it out."));
    }
}
