package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.eventful.config.ConfigurationException;
import io.eventful.config.ConfigurationProblem;
import io.eventful.config.ConfigurationSources;
import io.eventful.config.ConfigurationSources.Flag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several mistakes in the gateway's own settings: each is told in one start, at its place, with what to do. */
class ConfigurationMistakesTest {

    @TempDir
    private Path folder;

    private List<ConfigurationProblem> problems(String yaml, Map<String, String> environment, Flag... flags) {
        try {
            Path file = Files.writeString(folder.resolve("c.yaml"), yaml);
            return catchThrowableOfType(
                            ConfigurationException.class,
                            () -> SettingsCatalogue.loader()
                                    .load(new ConfigurationSources(file, environment, List.of(flags))))
                    .problems();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String at(int line) {
        return folder.resolve("c.yaml") + ":" + line;
    }

    @Test
    void aMissingMemberHidesNoOtherProblem() {
        assertThat(problems(
                        "eventful: {edge: {port: 20571, public-url: 'ftp://x', tls: {certificate: cert.pem}},"
                                + " admin: {port: 20571}, broker: {kind: kafka}}",
                        Map.of()))
                .extracting(ConfigurationProblem::path)
                .containsExactlyInAnyOrder(
                        "eventful.edge.tls.key",
                        "eventful.edge.public-url",
                        "eventful.admin.port",
                        "eventful.broker.kafka.bootstrap-servers");
    }

    @Test
    void eachWrongElementOfAListIsToldWithItsIndexAndLine() {
        assertThat(problems("""
            eventful:
              edge:
                routes:
                  - {path: /ok, upstream: nope}
                  - {path: crm, upstream: nope}
                  - {upstream: nope}
                  - {path: /ok/too, upstream: none}
              delivery:
                retry-schedule: [0s, 99d, 5m, 98d, soon, 97d]
            """, Map.of()))
                .extracting(ConfigurationProblem::path, ConfigurationProblem::origin)
                .containsExactlyInAnyOrder(
                        tuple("eventful.edge.routes[0].upstream", at(4)),
                        tuple("eventful.edge.routes[1].path", at(5)),
                        tuple("eventful.edge.routes[2].path", ""),
                        tuple("eventful.edge.routes[3].upstream", at(7)),
                        tuple("eventful.delivery.retry-schedule[1]", at(9)),
                        tuple("eventful.delivery.retry-schedule[3]", at(9)),
                        tuple("eventful.delivery.retry-schedule[4]", at(9)),
                        tuple("eventful.delivery.retry-schedule[5]", at(9)));
    }

    @Test
    void theVariableOfTheWrongElementIsNamed() {
        assertThat(problems(
                        "",
                        Map.of(
                                "EVENTFUL_DELIVERY_ALLOWEDNETWORKS_0", "10.0.0.0/8",
                                "EVENTFUL_DELIVERY_ALLOWEDNETWORKS_1", "foo")))
                .extracting(ConfigurationProblem::path, ConfigurationProblem::origin)
                .containsExactly(tuple(
                        "eventful.delivery.allowed-networks[1]", "environment EVENTFUL_DELIVERY_ALLOWEDNETWORKS_1"));
        assertThat(problems("", Map.of("EVENTFUL_DELIVERY_ALLOWEDNETWORKS", "10.0.0.0/8,foo")))
                .extracting(ConfigurationProblem::path, ConfigurationProblem::origin)
                .containsExactly(tuple(
                        "eventful.delivery.allowed-networks[1]", "environment EVENTFUL_DELIVERY_ALLOWEDNETWORKS"));
    }

    @Test
    void aGapInAListIsAMistake() {
        assertThat(problems("", Map.of("EVENTFUL_DELIVERY_ALLOWEDNETWORKS_1", "10.0.0.0/8")))
                .extracting(
                        ConfigurationProblem::path,
                        ConfigurationProblem::origin,
                        ConfigurationProblem::message,
                        ConfigurationProblem::remedy)
                .containsExactly(tuple(
                        "eventful.delivery.allowed-networks[1]",
                        "environment EVENTFUL_DELIVERY_ALLOWEDNETWORKS_1",
                        "is set, but element 0 is missing",
                        "Number the elements of the list from 0, without a gap."));
    }
}
