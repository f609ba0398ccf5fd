package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.harness.AdminClient;
import io.eventful.harness.ConsoleClient;
import io.eventful.routes.LiveGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcProperties;

/** What a page says of work that takes longer than it waits. */
class ConsolePatienceTest {

    private static final String ROUTES = """
        - route:
            id: customers
            from:
              uri: capture:/customers/{id}
              parameters: {resource: customer}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "channel:customers"}
        """;

    @TempDir
    Path folder;

    private LiveGateway gateway;
    private AdminClient admin;
    private ConsoleClient console;

    @BeforeEach
    void start() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("customers.yaml"), ROUTES);
        gateway = new LiveGateway(folder.resolve("data"), routes, Map.of("eventful.admin.console.patience", "1ms"));
        admin = new AdminClient(gateway.adminAddress(), LiveGateway.KEY);
        console = new ConsoleClient(gateway.adminAddress());
        console.signIn(LiveGateway.KEY);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void awaitPage(String path, String... texts) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(console.get(path).body()).contains(texts));
    }

    @Test
    void aReversalIsUnderWayAndThenDone() {
        gateway.call("PUT", "/customers/a b".replace(" ", "%20"), "{\"id\":1,\"name\":\"Ada\"}");
        gateway.call("PUT", "/customers/a%20b", "{\"id\":1,\"name\":\"Ada L.\"}");
        Runnable release = gateway.upstream().hold();
        String shown = console.act("/console/changes/2/reversal", Map.of());
        assertThat(shown)
                .contains("notice waiting", "reversal of change 2 is still under way", "value=\"/customers/a%20b\"")
                .doesNotContain("customer.reversed");
        assertThat(console.get("/console/changes/2").body()).doesNotContain("notice");
        release.run();
        awaitPage(
                "/console/changes?subject=/customers/a%2520b",
                "customer.reversed", "Change 2 was taken back by change 3.");
    }

    @Test
    void aReversalIsUnderWayAndThenRefused() {
        gateway.call("PUT", "/customers/1", "{\"id\":1,\"name\":\"Ada\"}");
        gateway.call("PUT", "/customers/1", "{\"id\":1,\"name\":\"Ada L.\"}");
        Runnable release = gateway.upstream().hold();
        console.act("/console/changes/2/reversal", Map.of());
        // The item is busy, so that this one fails, later than its page waited.
        assertThat(console.act("/console/changes/2/reversal", Map.of())).contains("still under way");
        awaitPage("/console", "notice failed", "Change 2 was not taken back", "is being written");
        release.run();
        awaitPage("/console", "Change 2 was taken back by change 3.");
    }

    @Test
    void aTestEventIsUnderWayAndThenTaken() {
        String id = admin.subscribe(gateway.upstream().address().resolve("/hooks"), "")
                .get("id")
                .asText();
        Runnable release = gateway.upstream().hold();
        assertThat(console.act("/console/subscriptions/" + id + "/test", Map.of()))
                .contains("notice waiting", "test event is still under way");
        release.run();
        awaitPage("/console/subscriptions/" + id, "notice done", "The test event was taken");
    }

    /** A client of the API waits itself, as long as the longest attempt or call may take. */
    @Test
    void theApiWaitsForWhatWasSent() {
        assertThat(gateway.bean(WebMvcProperties.class).getAsync().getRequestTimeout())
                .isGreaterThan(Duration.ofMinutes(5));
    }
}
