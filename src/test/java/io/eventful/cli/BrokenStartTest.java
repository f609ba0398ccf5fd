package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventful.config.ConfigurationException;
import io.eventful.config.ConfigurationProblem;
import io.eventful.config.ConfigurationSources;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no start can work with is a problem of the configuration, and not first found when it is used. */
class BrokenStartTest {

    private static void load(Map<String, String> environment) {
        var unused = SettingsCatalogue.starting().load(new ConfigurationSources(null, environment, List.of()));
    }

    private static List<ConfigurationProblem> problems(Map<String, String> environment) {
        return catchThrowableOfType(ConfigurationException.class, () -> load(environment))
                .problems();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EVENTFUL_BROKER_ARTEMIS_URL | http://x | eventful.broker.artemis.url",
                "EVENTFUL_BROKER_ARTEMIS_URL | x | eventful.broker.artemis.url",
                "EVENTFUL_BROKER_ARTEMIS_ACCEPTOR | http://x:1 | eventful.broker.artemis.acceptor",
                "EVENTFUL_BROKER_ARTEMIS_PROTOCOLS_AMQP | 127.0.0.1:99999 | eventful.broker.artemis.protocols.amqp",
                "EVENTFUL_BROKER_KAFKA_BOOTSTRAP_SERVERS | kafka | eventful.broker.kafka.bootstrap-servers",
                "EVENTFUL_BROKER_KAFKA_BOOTSTRAP_SERVERS | a:9092,b | eventful.broker.kafka.bootstrap-servers",
                "EVENTFUL_MASTER_KEY | xyz | EVENTFUL_MASTER_KEY"
            })
    void itIsToldWithAllOtherProblems(String variable, String value, String path) {
        assertThat(problems(Map.of(
                        variable,
                        value,
                        "EVENTFUL_EDGE_PORT",
                        "99999",
                        "EVENTFUL_BROKER_ARTEMIS_USER",
                        "u",
                        "EVENTFUL_BROKER_ARTEMIS_PASSWORD",
                        "p")))
                .extracting(ConfigurationProblem::path)
                .containsExactlyInAnyOrder(path, "eventful.edge.port");
    }

    @Test
    void aMasterKeyIsNotRepeated() {
        assertThat(problems(Map.of("EVENTFUL_MASTER_KEY", "hush")))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.toString()).contains("Base64").doesNotContain("hush"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://a:61616",
                "(tcp://a:61616,tcp://b:61616)?ha=true",
                "tcp://a:61616?sslEnabled=true&trustStorePassword=x"
            })
    void whatABrokerIsFoundByIsTaken(String url) {
        assertThatCode(() -> load(Map.of("EVENTFUL_BROKER_ARTEMIS_URL", url))).doesNotThrowAnyException();
        assertThatCode(() -> load(Map.of(
                        "EVENTFUL_BROKER_KAFKA_BOOTSTRAP_SERVERS",
                        "a:9092, [::1]:9092,SASL_SSL://b:1",
                        "EVENTFUL_MASTER_KEY",
                        Base64.getEncoder().encodeToString(new byte[32]) + "\n")))
                .doesNotThrowAnyException();
    }
}
