package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.routes.LiveGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether views, ledger and upstream agree. */
class ViewConsistencyTest {

    private static final String ROUTES = """
        - route:
            from:
              uri: capture:/things/{id}
              parameters: {resource: thing}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "view:things", parameters: {access: open}}
        - route:
            from:
              uri: capture:/foreign/{id}
              steps:
                - setBody:
                    constant: >-
                      {"specversion": "1.0", "id": "f", "source": "/upstreams/default", "type": "thing.updated",
                      "subject": "/things/1", "revision": "50", "datacontenttype": "application/json",
                      "data": {"state": {"marker": "foreign"}}}
                - to: {uri: "view:things", parameters: {access: open}}
        """;

    @TempDir
    static Path folder;

    private static LiveGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("things.yaml"), ROUTES);
        gateway = new LiveGateway(
                folder.resolve("data"), routes, Map.of("eventful.upstreams.default.credential.bearer", "b"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void aViewThatIsAheadOfTheLedgerDiffersFromIt() {
        gateway.call("PUT", "/things/1", "{\"marker\":\"a\"}");
        await().untilAsserted(() -> assertThat(view()).isEqualTo("{\"marker\":\"a\"}"));
        assertThat(report("").path("same")).hasToString("1");

        gateway.call("PUT", "/foreign/2", "{}");
        await().untilAsserted(() -> assertThat(view()).isEqualTo("{\"marker\":\"foreign\"}"));
        for (String repair : new String[] {"", "&repair=true"}) {
            JsonNode report = report(repair);
            assertThat(report.path("different")).hasToString("1");
            assertThat(report.at("/differences/0/upstream").asText()).isEqualTo("same");
            assertThat(report.at("/differences/0/views"))
                    .hasToString("[{\"view\":\"things\",\"difference\":\"ahead\",\"revision\":\"50\"}]");
        }

        gateway.admin("POST", "/api/views/things/rebuild", "");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(view()).isEqualTo("{\"marker\":\"a\"}"));
        assertThat(report("").path("same")).hasToString("1");
    }

    private static JsonNode report(String more) {
        return gateway.admin("GET", "/api/consistency?resource=thing" + more, "");
    }

    private static String view() {
        return gateway.call("GET", "/.eventful/views/things/1", "").body();
    }
}
