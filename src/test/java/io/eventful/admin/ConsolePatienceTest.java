package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcProperties;

/** What a page says of work that takes longer than it waits. */
class ConsolePatienceTest {

    @RegisterExtension
    final AdminRig rig = new AdminRig(AdminRig.CUSTOMERS, "eventful.admin.console.patience", "1ms");

    private void awaitPage(String path, String... texts) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(rig.console.get(path).body()).contains(texts));
    }

    @Test
    void aReversalIsUnderWayAndThenDone() {
        rig.gateway.call("PUT", "/customers/a b".replace(" ", "%20"), "{\"id\":1,\"name\":\"Ada\"}");
        rig.gateway.call("PUT", "/customers/a%20b", "{\"id\":1,\"name\":\"Ada L.\"}");
        Runnable release = rig.gateway.upstream().hold();
        String shown = rig.console.act("/console/changes/2/reversal", Map.of());
        assertThat(shown)
                .contains("notice waiting", "reversal of change 2 is still running", "value=\"/customers/a%20b\"")
                .doesNotContain("customer.reversed");
        assertThat(rig.console.get("/console/changes/2").body()).doesNotContain("notice");
        release.run();
        awaitPage(
                "/console/changes?subject=/customers/a%2520b",
                "customer.reversed", "Change 2 was reversed by change 3.");
    }

    @Test
    void aReversalIsUnderWayAndThenRefused() {
        rig.gateway.call("PUT", "/customers/1", "{\"id\":1,\"name\":\"Ada\"}");
        rig.gateway.call("PUT", "/customers/1", "{\"id\":1,\"name\":\"Ada L.\"}");
        Runnable release = rig.gateway.upstream().hold();
        rig.console.act("/console/changes/2/reversal", Map.of());
        // The item is busy, so that this one fails, later than its page waited.
        assertThat(rig.console.act("/console/changes/2/reversal", Map.of())).contains("still running");
        awaitPage(
                "/console",
                "notice failed",
                "The reversal of change 2 was not completed: Nothing was sent",
                "is being written");
        release.run();
        awaitPage("/console", "Change 2 was reversed by change 3.");
    }

    @Test
    void aTestEventIsUnderWayAndThenTaken() {
        String id = rig.admin
                .subscribe(rig.gateway.upstream().address().resolve("/hooks"), "")
                .get("id")
                .asText();
        Runnable release = rig.gateway.upstream().hold();
        assertThat(rig.console.act("/console/subscriptions/" + id + "/test", Map.of()))
                .contains("notice waiting", "test event is still running");
        release.run();
        awaitPage("/console/subscriptions/" + id, "notice done", "The test event was accepted");
    }

    /** A client of the API waits itself, as long as the longest attempt or call may take. */
    @Test
    void theApiWaitsForWhatWasSent() {
        assertThat(rig.gateway.bean(WebMvcProperties.class).getAsync().getRequestTimeout())
                .isGreaterThan(Duration.ofMinutes(5));
    }
}
