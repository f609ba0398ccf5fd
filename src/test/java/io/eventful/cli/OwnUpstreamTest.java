package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.config.ConfigurationSources;
import io.eventful.config.ConfigurationSources.Flag;
import io.eventful.config.LoadedConfiguration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway that is its own upstream would call itself until nothing is left to call with. */
class OwnUpstreamTest {

    private static LoadedConfiguration load(String upstream, String bind) {
        return load(Map.of(
                "EVENTFUL_UPSTREAMS_CRM_URL", upstream, "EVENTFUL_EDGE_PORT", "8300", "EVENTFUL_EDGE_BIND", bind));
    }

    private static LoadedConfiguration load(Map<String, String> environment, Flag... flags) {
        return SettingsCatalogue.loader().load(new ConfigurationSources(null, environment, List.of(flags)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8300, 0.0.0.0, eventful.edge.port",
        "http://127.9.9.9:8300/base, '::', eventful.edge.port",
        "http://LOCALHOST:8300/, 0.0.0.0, eventful.edge.port",
        "https://localhost:8300, 127.0.0.1, eventful.edge.port",
        "http://0.0.0.0:8300, 0.0.0.0, eventful.edge.port",
        "http://[::1]:8300, '::', eventful.edge.port",
        "http://[0:0:0:0:0:0:0:1]:8300, ::1, eventful.edge.port",
        "http://10.1.2.3:8300, 10.1.2.3, eventful.edge.port",
        "http://127.0.0.1:8081, 10.1.2.3, eventful.admin.port"
    })
    void itsOwnAddressIsRefused(String upstream, String bind, String port) {
        assertThatThrownBy(() -> load(upstream, bind))
                .hasMessageContaining("1 problem ")
                .hasMessageContaining("eventful.upstreams.crm.url (environment EVENTFUL_UPSTREAMS_CRM_URL): is this"
                        + " gateway itself: " + port + " is ");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8301, 0.0.0.0",
        "http://127.0.0.1, 0.0.0.0",
        "http://127.0.0.1:8300, 10.1.2.3",
        "http://127.0.0.2:8300, 127.0.0.1",
        "http://[::1]:8300, 127.0.0.1",
        "http://10.1.2.3:8300, 0.0.0.0",
        "http://crm.example:8300, 0.0.0.0",
        "http://127.crm.example:8300, 0.0.0.0"
    })
    void whatMayBeAnotherSystemIsNot(String upstream, String bind) {
        assertThat(load(upstream, bind)).isNotNull();
    }

    @Test
    void targetsAndDefaultsAreChecked() {
        assertThatThrownBy(() -> load(Map.of(
                        "EVENTFUL_EDGE_PORT", "80",
                        "EVENTFUL_UPSTREAMS_CRM_TARGETS", "http://10.1.2.3,http://127.0.0.1")))
                .hasMessageContaining("eventful.upstreams.crm.targets");
        assertThatThrownBy(() -> load(Map.of(), new Flag("eventful.edge.port", "9000", "--port")))
                .hasMessageContaining("eventful.upstreams.default.url: is this gateway itself");
        assertThat(load(Map.of("EVENTFUL_EDGE_PORT", "0"))).isNotNull();
    }
}
