package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.eventful.config.ConfigurationException;
import io.eventful.config.ConfigurationProblem;
import io.eventful.config.ConfigurationSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that cannot be sent, or that no sender could show, is told at the start and not by calls that fail later. */
class UnusableSecretsTest {

    private static final String BEARER = "EVENTFUL_UPSTREAMS_DEFAULT_CREDENTIAL_BEARER";

    private static List<ConfigurationProblem> problems(Map<String, String> environment) {
        return problems(null, environment);
    }

    private static List<ConfigurationProblem> problems(Path file, Map<String, String> environment) {
        return catchThrowableOfType(
                        ConfigurationException.class,
                        () -> SettingsCatalogue.loader().load(new ConfigurationSources(file, environment, List.of())))
                .problems();
    }

    @Test
    void aCredentialWithALineBreakIsNamedWithARemedyButNotRepeated() {
        assertThat(problems(Map.of(BEARER, "t0ken\n"))).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("eventful.upstreams.default.credential.bearer");
            assertThat(problem.origin()).isEqualTo("environment " + BEARER);
            assertThat(problem.message())
                    .startsWith("contains a line break")
                    .contains("remove it")
                    .doesNotContain("t0ken");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "t0ken ", " t0ken", "t0\tken", "t0\u0000ken", "tökén", "t0\r\nX-Admin: 1"})
    void aCredentialThatWouldArriveAsAnotherOneIsRefused(String bearer) {
        assertThat(problems(Map.of(BEARER, bearer)))
                .extracting(ConfigurationProblem::path)
                .containsExactly("eventful.upstreams.default.credential.bearer");
    }

    @Test
    void theUserOfAProxyIsOneThatBasicAuthenticationCanName() {
        Map<String, String> proxy = Map.of("EVENTFUL_DELIVERY_PROXY_URL", "http://proxy:3128");
        for (String[] wrong : new String[][] {{"u\n", "p"}, {"u:v", "p"}})
            assertThat(problems(with(
                            proxy,
                            Map.of(
                                    "EVENTFUL_DELIVERY_PROXY_USERNAME",
                                    wrong[0],
                                    "EVENTFUL_DELIVERY_PROXY_PASSWORD",
                                    wrong[1]))))
                    .extracting(ConfigurationProblem::path)
                    .containsExactly("eventful.delivery.proxy.username");
        assertThat(problems(with(
                        proxy,
                        Map.of("EVENTFUL_DELIVERY_PROXY_USERNAME", "u", "EVENTFUL_DELIVERY_PROXY_PASSWORD", "hush\n"))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith("eventful.delivery.proxy.password (environment EVENTFUL_DELIVERY_PROXY_PASSWORD)")
                        .doesNotContain("hush"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"supersecretkey\n", " lead12345", "trail12345 ", "schlüsselchen", "super\tsecretkey"})
    void anAdminKeyThatNobodyCanShowIsRefused(String key) {
        assertThat(problems(Map.of("EVENTFUL_ADMIN_KEY", key)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith("eventful.admin.key (environment EVENTFUL_ADMIN_KEY): ")
                        .doesNotContain(key.strip()));
    }

    @Test
    void aReadKeyThatNobodyCanShowIsRefused(@TempDir Path folder) {
        assertThat(problems(
                        file(folder, "eventful: {view: {read-keys: [0123456789abcdef, \"schlüssel0123456789\"]}}"),
                        Map.of()))
                .extracting(ConfigurationProblem::path, ConfigurationProblem::message)
                .containsExactly(tuple(
                        "eventful.view.read-keys[1]",
                        "contains a character that is not ASCII, which a header field does not carry; remove it"));
    }

    @Test
    void spacesWithinASecretArriveAsTheyAre() {
        assertThatCode(() -> SettingsCatalogue.loader()
                        .load(new ConfigurationSources(
                                null,
                                Map.of(BEARER, "t0 ken", "EVENTFUL_ADMIN_KEY", "correct horse battery"),
                                List.of())))
                .doesNotThrowAnyException();
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }

    private static Path file(Path folder, String yaml) {
        try {
            return Files.writeString(folder.resolve("c.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
