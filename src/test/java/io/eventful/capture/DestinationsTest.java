package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.edge.TestEdges;
import io.eventful.event.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captured calls go to the upstream that their route names, else to that of the data port's routes. */
class DestinationsTest {

    @TempDir
    Path folder;

    private RestSystem system;
    private RestSystem crm;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
        crm = new RestSystem();
        gateway = new Gateway(
                folder,
                TestEdges.of(
                        "upstreams.default.url=http://127.0.0.1:" + system.port(),
                        "upstreams.crm.url=http://127.0.0.1:" + crm.port(),
                        "edge.routes[0].path=/crm",
                        "edge.routes[0].upstream=crm"),
                Gateway.SETTINGS,
                UnaryOperator.identity());
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        system.close();
        crm.close();
    }

    @Test
    void whatNoRouteNamesAnUpstreamOfGoesWhereItsReadsGo() throws Exception {
        List<Change> received = gateway.route("everything", "/**", Map.of());
        assertThat(gateway.call("PUT", "/crm/customers/7", "{\"n\":1}").statusCode())
                .isEqualTo(201);
        assertThat(gateway.call("PUT", "/orders/7", "{\"n\":1}").statusCode()).isEqualTo(201);
        assertThat(gateway.call("GET", "/crm/customers/7", "").statusCode()).isEqualTo(200);
        assertThat(crm.writes()).containsExactly("PUT /crm/customers/7");
        assertThat(system.writes()).containsExactly("PUT /orders/7");
        await().untilAsserted(() -> assertThat(received)
                .extracting(change -> change.item().source())
                .containsExactlyInAnyOrder("/upstreams/crm", "/upstreams/default"));
    }

    @Test
    void whatARouteNamesAnUpstreamOfGoesThere() throws Exception {
        gateway.route("customers", "/crm/customers/{id}", Map.of("upstream", "default"));
        assertThat(gateway.call("PUT", "/crm/customers/7", "{\"n\":1}").statusCode())
                .isEqualTo(201);
        assertThat(system.writes()).containsExactly("PUT /crm/customers/7");
        assertThat(gateway.only().item().source()).isEqualTo("/upstreams/default");
    }
}
