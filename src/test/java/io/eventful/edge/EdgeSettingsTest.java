package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.edge.UpstreamSettings.HostPolicy;
import io.eventful.edge.UpstreamSettings.Upstream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class EdgeSettingsTest {

    private static Binder binder(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties));
    }

    private static EdgeSettings edge(Map<String, String> properties) {
        return binder(properties).bindOrCreate("eventful.edge", EdgeSettings.class);
    }

    private static UpstreamSettings upstreams(Map<String, String> properties) {
        return binder(properties).bindOrCreate("eventful", UpstreamSettings.class);
    }

    @Test
    void defaultsNeedNoConfiguration() {
        EdgeSettings settings = edge(Map.of());
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.bind()).isEqualTo("0.0.0.0");
        assertThat(settings.publicBase()).isEqualTo("http://localhost:8080");
        assertThat(settings.limits().header()).isEqualTo(DataSize.ofKilobytes(64));
        assertThat(settings.limits().drain()).isEqualTo(Duration.ofSeconds(20));
        Upstream upstream = upstreams(Map.of()).upstreams().get("default");
        assertThat(upstream.base()).hasToString("http://127.0.0.1:9000");
        assertThat(upstream.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(upstream.hostPolicy(upstream.base())).isInstanceOf(HostPolicy.Keep.class);
    }

    @Test
    void everythingCanBeSet() {
        assertThat(edge(Map.of("eventful.edge.public-url", "https://api.example/"))
                        .publicBase())
                .isEqualTo("https://api.example");
        assertThat(edge(Map.of("eventful.edge.public-url", "https://api.example/shop/"))
                        .publicBase())
                .isEqualTo("https://api.example/shop");
        assertThat(edge(Map.of("eventful.edge.limits.head-timeout", "2s", "eventful.edge.forwarded", "off")))
                .satisfies(settings -> {
                    assertThat(settings.limits().headTimeout()).isEqualTo(Duration.ofSeconds(2));
                    assertThat(settings.forwarded()).isEqualTo(EdgeSettings.Forwarded.OFF);
                });
        UpstreamSettings settings = upstreams(Map.of(
                "eventful.upstreams.default.timeout", "5s",
                "eventful.upstreams.crm.url", "https://crm.example",
                "eventful.upstreams.crm.credential.bearer", "s3cret",
                "eventful.upstreams.erp.url", "http://[::1]:81",
                "eventful.upstreams.erp.host", "erp.example"));
        assertThat(settings.upstreams().get("default").timeout()).isEqualTo(Duration.ofSeconds(5));
        Upstream crm = settings.upstreams().get("crm");
        assertThat(crm.hostPolicy(crm.base())).isEqualTo(new HostPolicy.Fixed("crm.example"));
        assertThat(settings.toString()).doesNotContain("s3cret");
        Upstream erp = settings.upstreams().get("erp");
        assertThat(UpstreamTarget.address(erp.base())).isEqualTo("::1");
        assertThat(erp.hostPolicy(erp.base())).isEqualTo(new HostPolicy.Fixed("erp.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "eventful.edge.port, 70000",
        "eventful.edge.public-url, api.example",
        "eventful.edge.public-url, https://api.example/a/../b",
        "eventful.edge.public-url, https://api.example/?q",
        "eventful.edge.public-url, https://api.example:65536",
        "eventful.edge.via, a b",
        "eventful.edge.limits.streams, 0",
        "eventful.edge.limits.header, 0B",
        "eventful.edge.limits.connections, 0",
        "eventful.edge.limits.body-timeout, 0s",
        "eventful.edge.limits.event-loops, -1"
    })
    void aWrongEdgeSettingIsNamed(String key, String value) {
        assertThatThrownBy(() -> edge(Map.of(key, value))).rootCause().hasMessageContaining(key);
    }

    @Test
    void aSizeThatIsTooLargeIsNotCalledTooSmall() {
        assertThatThrownBy(() -> edge(Map.of("eventful.edge.limits.uri", "9999GB")))
                .rootCause()
                .hasMessage("eventful.edge.limits.uri must be a size from 1B to 16MB, such as 64KB");
        assertThatThrownBy(() -> edge(Map.of("eventful.edge.limits.memory", "0B")))
                .rootCause()
                .hasMessage("eventful.edge.limits.memory must be a size above 0, such as 64KB");
    }

    @Test
    void halfOfATlsPairIsNamed() {
        assertThatThrownBy(() -> edge(Map.of("eventful.edge.tls.key", "key.pem")))
                .rootCause()
                .hasMessageContaining("eventful.edge.tls.certificate");
    }

    @ParameterizedTest
    @CsvSource({
        "eventful.upstreams.crm.timeout, 5s, eventful.upstreams.crm.url",
        "eventful.upstreams.crm.url, ftp://x, eventful.upstreams.crm.url",
        "eventful.upstreams.crm.url, http://x/a/../b, eventful.upstreams.crm.url",
        "eventful.upstreams.crm.url, http://x/?q, eventful.upstreams.crm.url",
        "eventful.upstreams.crm.url, http://x:99999, eventful.upstreams.crm.url has a port",
        "eventful.upstreams.crm.url, http://x:0/, eventful.upstreams.crm.url has a port",
        "eventful.upstreams.crm.targets, 'http://x:1,http://y:65536', eventful.upstreams.crm.targets has a port",
        "eventful.upstreams.crm.targets, 'http://x,https://y', eventful.upstreams.crm.targets",
        "eventful.upstreams.default.protocol, h2, eventful.upstreams.default.protocol",
        "eventful.upstreams.default.tls.ca, ca.pem, eventful.upstreams.default.tls",
        "eventful.upstreams.default.ejection.failures, 0, eventful.upstreams.default.ejection.failures",
        "eventful.upstreams.default.connect-timeout, 0s, eventful.upstreams.default.connect-timeout",
        "eventful.upstreams.crm.url, http://u:p@x, eventful.upstreams.crm.url",
        "eventful.upstreams.default.timeout, 0s, eventful.upstreams.default.timeout",
        "eventful.upstreams.default.host, a b, eventful.upstreams.default.host",
        "eventful.upstreams.default.connections, 0, eventful.upstreams.default.connections"
    })
    void aWrongUpstreamIsNamed(String key, String value, String path) {
        assertThatThrownBy(() -> upstreams(Map.of(key, value))).rootCause().hasMessageContaining(path);
    }
}
