package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.harness.ConsoleClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Subscriptions have the names that their owners gave them, on every page and in every form. */
class ConsoleNamesTest {

    @RegisterExtension
    static final AdminRig rig = new AdminRig(AdminRig.CUSTOMERS);

    private static String id;

    @BeforeAll
    static void subscribe() {
        id = rig.admin
                .subscribe(rig.receiver.address(), "\"config\":{\"name\":\"crm\"}")
                .get("id")
                .asText();
        rig.admin.subscribe(rig.receiver.address(), "\"types\":[\"none\"]");
        rig.gateway.call("PUT", "/customers/1", "{\"id\":1}");
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        !rig.admin.all("/api/deliveries?subscription=" + id).isEmpty());
    }

    @Test
    void deliveriesShowAndTakeTheName() {
        String link = "<a href=\"/console/subscriptions/" + id + "\">crm</a>";
        assertThat(rig.page("/console/deliveries")).contains(link);
        assertThat(rig.page("/console/deliveries?subscription=crm"))
                .contains(link, "/customers/1", "<option value=\"" + id + "\" selected=\"selected\">crm</option>");
        assertThat(rig.page("/console/deliveries?subscription=" + id)).contains(link);
        String delivery = rig.admin
                .all("/api/deliveries?subscription=" + id)
                .getFirst()
                .get("id")
                .asText();
        assertThat(rig.page("/console/deliveries/" + delivery)).contains(link);
    }

    @Test
    void eventsOfOneChangeAreToldApart() {
        String event = rig.admin
                .all("/api/deliveries?subscription=" + id)
                .getFirst()
                .get("event")
                .asText();
        assertThat(rig.page("/console/deliveries")).contains("title=\"" + event + "\"", "<span>customers</span>");
    }

    @Test
    void aSubscriptionThatIsUnknownIsSaidToBeSo() {
        assertThat(rig.page("/console/deliveries?subscription=crmm"))
                .contains("There is no subscription crmm.", "value=\"crmm\"")
                .doesNotContain("No deliveries found");
    }

    @Test
    void retriesTakeTheName() {
        HttpResponse<String> reply =
                rig.console.post("/console/deliveries/retry", Map.of("state", "dead", "subscription", "crm"));
        assertThat(ConsoleClient.location(reply)).endsWith("/console/deliveries?subscription=" + id);
        assertThat(rig.console
                        .post("/console/deliveries/retry", Map.of("state", "dead", "subscription", "crmm"))
                        .body())
                .contains("There is no subscription crmm.");
    }

    @Test
    void replaysShowAndTakeTheName() {
        String link = "<a href=\"/console/subscriptions/" + id + "\">crm</a>";
        assertThat(rig.page("/console/replays"))
                .contains("<option value=\"" + id + "\">crm</option>")
                .doesNotContain("sub_…");
        assertThat(rig.page("/console/replays?subscription=" + id))
                .contains("<option value=\"" + id + "\" selected=\"selected\">crm</option>");
        assertThat(rig.console.act("/console/replays", Map.of("subscription", "crm", "types", "none")))
                .contains("The replay has started", link);
        assertThat(rig.page("/console/replays")).contains(link);
    }

    @Test
    void whereThereAreManyTheNameIsTyped() {
        for (int i = 0; i <= KnownSubscriptions.MOST_CHOICES; i++)
            rig.admin.subscribe(rig.receiver.address(), "\"types\":[\"none\"],\"config\":{\"name\":\"many" + i + "\"}");
        try {
            assertThat(rig.page("/console/deliveries?subscription=many3"))
                    .contains("<input id=\"subscription\"", "value=\"many3\"", "name or id")
                    .doesNotContain(">many4</option>");
        } finally {
            rig.admin.all("/api/subscriptions").stream()
                    .filter(each -> each.at("/config/name").asText().startsWith("many"))
                    .forEach(each -> rig.admin.call(
                            "DELETE", "/api/subscriptions/" + each.get("id").asText(), ""));
        }
    }
}
