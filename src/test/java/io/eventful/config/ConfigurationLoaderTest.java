package io.eventful.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.eventful.config.ConfigurationSources.Flag;
import java.io.IOException;
import java.net.URI;
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

class ConfigurationLoaderTest {

    @ConfigurationProperties("eventful.door")
    record DoorSettings(
            @DefaultValue("8080") int port,
            @DefaultValue("15s") Duration timeout,
            @DefaultValue({"0s", "5s"}) List<Duration> retrySchedule,
            @Nullable URI publicUrl) {
        DoorSettings {
            if (port > 65535) throw new IllegalArgumentException("eventful.door.port must be below 65536");
        }
    }

    enum HostMode {
        KEEP,
        UPSTREAM
    }

    record Credential(@Nullable String bearer) {}

    record Target(
            URI url,
            @DefaultValue("keep") HostMode host,
            @Nullable Credential credential) {}

    @ConfigurationProperties("eventful.targets")
    record TargetsSettings(Map<String, Target> targets) {}

    @ConfigurationProperties("eventful.broker")
    record BrokerSettings(@DefaultValue KafkaPart kafka) {}

    record KafkaPart(
            @Nullable String bootstrapServers, @DefaultValue Map<String, String> properties) {}

    @TempDir
    Path folder;

    private final ConfigurationLoader loader = new ConfigurationLoader(
            List.of(DoorSettings.class, TargetsSettings.class, BrokerSettings.class),
            Map.of("data", String.class),
            Map.of("kafka", "broker.kafka"));

    private LoadedConfiguration load(String yaml, Map<String, String> environment, Flag... flags) {
        try {
            Path file = Files.writeString(folder.resolve("application.yaml"), yaml);
            return loader.load(new ConfigurationSources(file, environment, List.of(flags)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<ConfigurationProblem> problems(String yaml, Map<String, String> environment) {
        return catchThrowableOfType(ConfigurationException.class, () -> load(yaml, environment))
                .problems();
    }

    @Test
    void everythingHasADefault() {
        LoadedConfiguration loaded = loader.load(new ConfigurationSources(null, Map.of(), List.of()));

        assertThat(loaded.get(DoorSettings.class))
                .isEqualTo(new DoorSettings(
                        8080, Duration.ofSeconds(15), List.of(Duration.ZERO, Duration.ofSeconds(5)), null));
        assertThat(loaded.get(TargetsSettings.class).targets()).isEmpty();
    }

    @Test
    void flagsWinOverTheEnvironmentAndTheEnvironmentOverTheFile() {
        LoadedConfiguration loaded = load(
                "eventful: {door: {port: 1, timeout: 1s, retry-schedule: [1s, 2s, 3s]}}",
                Map.of("EVENTFUL_DOOR_PORT", "2", "EVENTFUL_DOOR_RETRY_SCHEDULE", "9s"),
                new Flag("eventful.door.port", "3", "--port"));

        DoorSettings door = loaded.get(DoorSettings.class);
        assertThat(door.port()).isEqualTo(3);
        assertThat(door.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(door.retrySchedule()).containsExactly(Duration.ofSeconds(9));
    }

    @Test
    void variablesReachEveryKey() {
        LoadedConfiguration loaded = load(
                "",
                Map.of(
                        "EVENTFUL_TARGETS_DEFAULT_URL", "http://127.0.0.1:1",
                        "EVENTFUL_TARGETS_DEFAULT_CREDENTIAL_BEARER", "s3cret",
                        "EVENTFUL_DOOR_PUBLICURL", "https://door.example",
                        "EVENTFUL_BROKER_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SSL",
                        "EVENTFUL_DATA", "/var/data",
                        "EVENTFUL_HOME", "/opt/eventful"));

        assertThat(loaded.get(TargetsSettings.class).targets().get("default"))
                .isEqualTo(new Target(URI.create("http://127.0.0.1:1"), HostMode.KEEP, new Credential("s3cret")));
        assertThat(loaded.get(DoorSettings.class).publicUrl()).isEqualTo(URI.create("https://door.example"));
        assertThat(loaded.get(BrokerSettings.class).kafka().properties()).containsEntry("security.protocol", "SSL");
        assertThat(loaded.properties()).containsEntry("eventful.data", "/var/data");
    }

    @Test
    void allProblemsAreReportedAtOnceWithPathPlaceAndRemedy() {
        List<ConfigurationProblem> problems = problems("""
            eventful:
              door:
                prot: 80
                timeout: soon
                port: 1
                port: 70000
              dor: {x: 1}
              targets:
                a: {url: "http://x", host: maybe}
            """, Map.of("EVENTFUL_DOOR_COLOUR", "red"));

        assertThat(problems)
                .extracting(ConfigurationProblem::path)
                .contains(
                        "eventful.door.prot",
                        "eventful.door.timeout",
                        "eventful.door.port",
                        "eventful.dor",
                        "eventful.targets.a.host",
                        "eventful.door");
        assertThat(problems)
                .filteredOn(problem -> problem.path().equals("eventful.door.prot"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.origin()).endsWith("application.yaml:3");
                    assertThat(problem.remedy()).isEqualTo("Did you mean port?");
                });
        assertThat(problems.toString()).contains("is a duplicate; first set at").contains("200ms, 15s");
    }

    @Test
    void twoSpellingsOfOneKeyAreADuplicate() {
        assertThat(problems("eventful: {door: {retry-schedule: 1s, retrySchedule: 2s}}", Map.of()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("is a duplicate"));
    }

    @Test
    void whatASettingsRecordRefusesIsAProblemToo() {
        assertThat(problems("eventful: {door: {port: 70000}}", Map.of()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("eventful.door.port");
                    assertThat(problem.message()).contains("below 65536");
                });
    }

    @Test
    void aliasesAndDottedKeysAreTheSameKey() {
        LoadedConfiguration loaded = load(
                "eventful:\n"
                        + "  kafka.bootstrap-servers: a:1\n"
                        + "  kafka: {properties: {security.protocol: SSL, ssl: {x: 1}}}\n",
                Map.of());

        KafkaPart kafka = loaded.get(BrokerSettings.class).kafka();
        assertThat(kafka.bootstrapServers()).isEqualTo("a:1");
        assertThat(kafka.properties()).containsEntry("security.protocol", "SSL").containsEntry("ssl.x", "1");
    }

    @Test
    void settingsOfOthersAreLeftAlone() {
        LoadedConfiguration loaded = load("logging: {level: {root: WARN}}\neventful: {data: here}\n", Map.of());

        assertThat(loaded.properties()).containsEntry("logging.level.root", "WARN");
    }

    @Test
    void settingsThatMissTheirPlaceAreNotLeftAlone() {
        assertThat(problems(
                        "evntful: {door: {port: 1, timeout: 1s}}\ndoor:\n  port: 7\n  colour: red\nkafka: {topic: t}\n",
                        Map.of()))
                .extracting(ConfigurationProblem::path, ConfigurationProblem::message, ConfigurationProblem::remedy)
                .containsExactly(
                        tuple("evntful", "is not a known key", "Did you mean eventful?"),
                        tuple("door.port", "is outside of eventful and is not read", "Write eventful.door.port."));
    }

    @Test
    void aValueIsNeverPrinted() {
        LoadedConfiguration loaded = load(
                "", Map.of("EVENTFUL_TARGETS_A_CREDENTIAL_BEARER", "s3cret", "EVENTFUL_TARGETS_A_URL", "http://x"));

        assertThat(loaded.toString()).doesNotContain("s3cret");
    }

    @Test
    void brokenYamlNamesItsLine() {
        assertThat(problems("eventful:\n  door: {port: 1\n", Map.of()))
                .anySatisfy(problem -> assertThat(problem.origin()).contains("application.yaml:"));
    }
}
