package io.eventful.cli;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.eventful.config.BindAddress;
import io.eventful.config.ConfigurationException;
import io.eventful.config.ConfigurationProblem;
import io.eventful.config.ConfigurationSources;
import io.eventful.config.ConfigurationSources.Flag;
import io.eventful.config.LoadedConfiguration;
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
                            () -> SettingsCatalogue.starting()
                                    .load(new ConfigurationSources(file, environment, List.of(flags))))
                    .problems();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileThatCannotBeUsedIsToldWithAllOthers() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Path absent = folder.resolve("absent.pem");
        String yaml = """
            eventful:
              edge: {tls: {certificate: '%1$s', key: '%2$s'}}
              upstreams:
                default: {url: 'https://a.example', tls: {ca: '%1$s', certificate: '%3$s', key: '%3$s'}}
                other: {url: 'https://b.example', tls: {ca: '%3$s'}}
              delivery: {tls: {ca: '%1$s'}}
            """.formatted(absent, folder, empty);
        Map<String, String> told = problems(yaml, Map.of()).stream()
                .collect(toMap(ConfigurationProblem::path, ConfigurationProblem::message));
        assertThat(told)
                .containsOnlyKeys(
                        "eventful.edge.tls.certificate",
                        "eventful.edge.tls.key",
                        "eventful.upstreams.default.tls.ca",
                        "eventful.upstreams.default.tls.certificate",
                        "eventful.upstreams.other.tls.ca",
                        "eventful.delivery.tls.ca")
                .containsEntry("eventful.edge.tls.certificate", absent + " does not exist")
                .containsEntry("eventful.edge.tls.key", folder + " is a folder, not a file")
                .containsEntry("eventful.delivery.tls.ca", absent + " does not exist");
    }

    @Test
    void whatIsNoAddressIsToldBeforeTheStart() {
        assertThat(problems(
                        "eventful: {edge: {bind: 999.1.1.1}, admin: {bind: 'a b'}, delivery: {bind: '1::2::3'}}",
                        Map.of()))
                .extracting(ConfigurationProblem::path)
                .containsExactly("eventful.edge.bind", "eventful.admin.bind", "eventful.delivery.bind");
        for (String valid : List.of("0.0.0.0", "::", "::1", "fe80::1%eth0", "localhost", "gateway-1.example"))
            assertThat(BindAddress.isValid(valid)).as(valid).isTrue();
    }

    @Test
    void aValueOfAnotherFormIsShownWithARemedyUnlessItMayBeASecret() {
        assertThat(problems(
                        "eventful: {routes: {reload: perhaps}, upstreams: {default: {url: 'http://u:hush@a b'}}}",
                        Map.of("EVENTFUL_BROKER_KIND", "rabbit"),
                        new Flag("eventful.edge.port", "http", "--port")))
                .extracting(ConfigurationProblem::path, ConfigurationProblem::message, ConfigurationProblem::remedy)
                .containsExactlyInAnyOrder(
                        tuple("eventful.routes.reload", "is not true or false: perhaps", "Write true or false."),
                        tuple(
                                "eventful.upstreams.default.url",
                                "is not a URI such as http://127.0.0.1:9000",
                                "Write the whole URI, with special characters escaped."),
                        tuple("eventful.broker.kind", "is not one of artemis, kafka: rabbit", "Write one of them."),
                        tuple("eventful.edge.port", "is not a whole number: http", "Write digits only, such as 8080."));
    }

    @Test
    void anUnknownVariableIsPlacedAtTheNearestKnownKeys() {
        assertThat(problems(
                        "eventful: {edge: {port: 99999}}",
                        Map.of(
                                "EVENTFUL_CHANNELS_CUSTOMERS_FOO", "1",
                                "EVENTFUL_EDGE_LIMITS_COLOUR_OF_IT", "1")))
                .extracting(ConfigurationProblem::path)
                .containsExactlyInAnyOrder("eventful.channels.customers", "eventful.edge.limits", "eventful.edge.port");
        assertThat(problems("", Map.of("EVENTFUL_CHANNELS_CUSTOMERS_FOO", "1")))
                .extracting(ConfigurationProblem::remedy)
                .containsExactly("Unset it, or use one of the known keys: broker, destination.");
    }

    /** For a Service eventful-admin, Kubernetes sets a variable that is also that of a key. */
    @Test
    void aVariableThatKubernetesMakesOfAServiceIsNoKey() {
        LoadedConfiguration loaded = SettingsCatalogue.loader()
                .load(new ConfigurationSources(
                        null,
                        Map.of(
                                "EVENTFUL_ADMIN_PORT", "tcp://10.0.0.7:8081",
                                "EVENTFUL_ADMIN_PORT_8081_TCP_PORT", "8081",
                                "EVENTFUL_ADMIN_SERVICE_HOST", "10.0.0.7",
                                "EVENTFUL_EDGE_PORT", "tcp://10.0.0.8:80"),
                        List.of()));
        assertThat(loaded.properties()).isEmpty();
        assertThat(problems("", Map.of("EVENTFUL_ADMIN_PORT", "10.0.0.7:8081")))
                .extracting(ConfigurationProblem::path)
                .containsExactly("eventful.admin.port");
    }

    @Test
    void aConfigurationFileThatIsNotThereIsToldInWords() {
        assertThatThrownBy(() -> SettingsCatalogue.loader()
                        .load(new ConfigurationSources(Path.of("nofile.yaml"), Map.of(), List.of())))
                .hasMessageContaining("nofile.yaml: does not exist");
        assertThatThrownBy(() -> Home.configuration(Path.of("")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--config: is empty");
    }

    @Test
    void aUserOfAFileContradictsIt() {
        assertThat(problems("eventful: {store: {username: u, password: hush}}", Map.of()))
                .extracting(ConfigurationProblem::path)
                .containsExactly("eventful.store.username", "eventful.store.password");
        assertThat(problems("eventful: {store: {url: 'jdbc:mysql://h/db', username: u, password: hush}}", Map.of()))
                .extracting(ConfigurationProblem::path)
                .containsExactly("eventful.store.url");
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
