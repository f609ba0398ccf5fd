package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.harness.ConsoleClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Subscriptions, what is delivered to them, and replays, on the rig.console. */
class ConsoleDeliveriesTest {

    @RegisterExtension
    static final AdminRig rig = new AdminRig(AdminRig.CUSTOMERS);

    private static final Pattern SECRET = Pattern.compile("whsec_[A-Za-z0-9+/=]+");
    private static final Pattern CREATED = Pattern.compile("/console/subscriptions/(sub_[a-z0-9]+)$");

    /** Nobody else needs the secret part of a key of v1a. */
    @Test
    void aNewKeyWithoutASecretIsToldWithoutOne() {
        String id = rig.admin
                .subscribe(rig.receiver.address(), "\"config\":{\"signatures\":[\"v1a\"]}")
                .get("id")
                .asText();
        String rotated = rig.console.act("/console/subscriptions/" + id + "/rotate-secret", Map.of());
        assertThat(rotated)
                .contains("There is a new key", "config.publickey", "/.eventful/jwks.json")
                .doesNotContain("will not be shown again");
    }

    @Test
    void aSubscriptionLivesItsWholeLife() {
        HttpResponse<String> refused =
                rig.console.post("/console/subscriptions", Map.of("sink", "ftp://x", "types", "a.*"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("sink-problem", "types-problem", "value=\"ftp://x\"");

        String sink = rig.receiver.address() + "?token=hidden-token";
        HttpResponse<String> made = rig.console.post(
                "/console/subscriptions",
                Map.of(
                        "sink",
                        sink,
                        "types",
                        "customer.created, customer.updated",
                        "subject",
                        "/customers/3",
                        "labels",
                        "team=crm"));
        Matcher path = CREATED.matcher(ConsoleClient.location(made));
        assertThat(path.find()).isTrue();
        String one = "/console/subscriptions/" + path.group(1);
        Matcher secret = SECRET.matcher(rig.page(one));
        assertThat(secret.find()).isTrue();
        rig.receiver.secret(secret.group());
        assertThat(rig.page(one))
                .as("once")
                .doesNotContain("whsec_", "hidden-token")
                .contains("customer.created");

        assertThat(rig.console.act(one + "/test", Map.of())).contains("The test event was accepted");
        assertThat(rig.console.act(one + "/pause", Map.of())).contains("paused");
        rig.gateway.call("PUT", "/customers/3", "{\"id\":3,\"name\":\"Ada\"}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> rig.page("/console/deliveries?state=held").contains("/customers/3"));
        assertThat(rig.console.act(one + "/resume", Map.of("held", "release", "rate", "")))
                .contains("active");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> rig.page("/console/deliveries?state=delivered&subscription=" + path.group(1))
                        .contains("/customers/3"));
        assertThat(rig.page("/console/deliveries")).contains("customer.created", "delivered");
        String position = rig.admin
                .json("GET", "/api/changes?subject=/customers/3", "")
                .at("/items/0/position")
                .asText();
        String where = "/console/deliveries?position=" + position;
        assertThat(rig.page("/console/changes/" + position)).contains(where);
        assertThat(rig.page(where)).contains("/customers/3").doesNotContain("No deliveries found");
        assertThat(rig.page(where + "&event=another")).contains("No deliveries found");
        assertThat(rig.page("/console/deliveries?position=&event=")).contains("/customers/3");

        String rotated = rig.console.act(one + "/rotate-secret", Map.of());
        assertThat(SECRET.matcher(rotated).results().count()).isEqualTo(1);
        assertThat(rotated).doesNotContain(secret.group());
        assertThat(rig.page(one)).doesNotContain("whsec_");

        String replay = rig.console.act(
                "/console/replays", Map.of("subscription", path.group(1), "from", "0", "types", "customer.created"));
        assertThat(replay).contains("The replay has started", "customer.created");
        assertThat(rig.page("/console/replays")).contains(path.group(1));
        assertThat(rig.console
                        .post("/console/replays", Map.of("subscription", "sub_none"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(rig.console.act(one + "/delete", Map.of())).contains("was deleted");
        assertThat(rig.console.get(one).statusCode()).isEqualTo(404);
    }

    @Test
    void aFailedDeliveryShowsItsAttemptsAndIsTriedAgain() {
        String id = rig.admin
                .subscribe(
                        URI.create("http://127.0.0.1:1/closed"),
                        "\"protocolsettings\":{\"headers\":{\"X-Token\":\"a-token-of-the-subscriber\"}},"
                                + "\"filters\":[{\"prefix\":{\"subject\":\"/customers/4\"}}]")
                .get("id")
                .asText();
        rig.gateway.call("PUT", "/customers/4", "{\"id\":4}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> rig.page("/console/deliveries?subscription=" + id).contains("connect"));
        String delivery = rig.admin
                .json("GET", "/api/deliveries?subscription=" + id, "")
                .at("/items/0/id")
                .asText();
        assertThat(rig.page("/console/deliveries/" + delivery))
                .contains("connect", "no reply", "Retry now", "First byte");
        assertThat(rig.console.act("/console/deliveries/" + delivery + "/retry", Map.of()))
                .contains("is being retried");
        assertThat(rig.console.act("/console/deliveries/retry", Map.of("state", "dead", "subscription", id)))
                .contains("deliveries are being retried");
        assertThat(rig.page("/console/subscriptions/" + id))
                .contains("X-Token")
                .doesNotContain("a-token-of-the-subscriber");
    }

    @Test
    void whatIsHeldIsDroppedOnlyAfterAQuestionAndCounted() {
        String id = rig.admin
                .subscribe(rig.receiver.address(), "\"filters\":[{\"prefix\":{\"subject\":\"/customers/5\"}}]")
                .get("id")
                .asText();
        String one = "/console/subscriptions/" + id;
        rig.console.act(one + "/pause", Map.of());
        assertThat(rig.page(one)).contains("Resume").doesNotContain("Drop");
        rig.gateway.call("PUT", "/customers/51", "{\"id\":51}");
        rig.gateway.call("PUT", "/customers/52", "{\"id\":52}");
        await().atMost(Duration.ofSeconds(20)).until(() -> rig.page(one).contains("Drop 2 deliveries and resume"));
        assertThat(rig.page(one))
                .contains("<details><summary>Drop what is held…")
                .doesNotContain("<option value=\"drop\"");
        assertThat(rig.console.act(one + "/resume", Map.of("held", "drop")))
                .contains("The subscription is active again. 2 held deliveries were dropped");
        assertThat(rig.admin.all("/api/deliveries?state=dead&subscription=" + id))
                .hasSize(2);
    }

    @Test
    void anEventThatNoChangeIsBehindLinksToNone() {
        String watching = rig.admin
                .subscribe(rig.receiver.address(), "\"config\":{\"channel\":\"eventful.operations\"}")
                .get("id")
                .asText();
        String other = rig.admin
                .subscribe(rig.receiver.address(), "\"types\":[\"none\"]")
                .get("id")
                .asText();
        rig.admin.json("POST", "/api/subscriptions/" + other + "/pause", "");
        String list = "/console/deliveries?subscription=" + watching;
        Pattern row = Pattern.compile("href=\"(/console/deliveries/[^\"?]+)\"");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> row.matcher(rig.page(list)).results().findAny().isPresent());
        Matcher first = row.matcher(rig.page(list));
        assertThat(first.find()).isTrue();
        assertThat(rig.page(first.group(1)))
                .contains("subscription.paused", "eventful.operations")
                .doesNotContain("/console/changes/");
    }
}
