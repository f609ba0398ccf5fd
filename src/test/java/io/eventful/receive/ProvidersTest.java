package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the requests of each provider become receipts. */
class ProvidersTest extends HouseFixture {

    private static final String FORM = "application/x-www-form-urlencoded";

    private static String[] and(String[] fields, String... more) {
        String[] all = Arrays.copyOf(fields, fields.length + more.length);
        System.arraycopy(more, 0, all, fields.length, more.length);
        return all;
    }

    private void accepted(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
    }

    private void is(Change change, String type, String subject, String state) {
        assertThat(EventType.of(change)).isEqualTo(type);
        assertThat(change.item().subject()).isEqualTo(subject);
        assertThat(change.after()).isEqualTo(new Image.Known(Json.parse(state)));
    }

    @Test
    void gitHubsFormIsTheJsonInIt() throws Exception {
        house.route("r", "webhook-in:/in?provider=github&secret=s&subject=/issue/node_id");
        String json = "{\"issue\":{\"node_id\":\"I_kwDO\"}}";
        String body = "payload=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
        accepted(house.post("/in", body, and(Senders.github("s", "issues", "g1", body), "Content-Type", FORM)));
        is(house.only(), "github.issues", "I_kwDO", json);
    }

    @Test
    void gitLabsHooksAreNamedWithoutTheWordHook() throws Exception {
        house.route("r", "webhook-in:/in?provider=gitlab&secret=t");
        String body = "{\"object_kind\":\"merge_request\"}";
        for (int i = 0; i < 2; i++)
            accepted(house.post(
                    "/in",
                    body,
                    "X-Gitlab-Token",
                    "t",
                    "X-Gitlab-Event",
                    "Merge Request Hook",
                    "Idempotency-Key",
                    "k1"));
        is(house.only(), "gitlab.merge_request", "/webhooks/in/k1", body);
    }

    @Test
    void gitLabsOlderVersionsRepeatTheEventsId() throws Exception {
        house.route("r", "webhook-in:/in?provider=gitlab&secret=t");
        String[] fields = {"X-Gitlab-Token", "t", "X-Gitlab-Event", "Push Hook", "X-Gitlab-Event-UUID", "u1"};
        accepted(house.post("/in", "{\"a\":1}", fields));
        accepted(house.post("/in", "{\"a\":1}", fields));
        // Set off by the first one's hook: another delivery of the same event.
        accepted(house.post("/in", "{\"a\":2}", fields));
        List<Change> changes = house.changes();
        assertThat(changes).hasSize(2);
        is(changes.getFirst(), "gitlab.push", "/webhooks/in/u1", "{\"a\":1}");
        is(changes.getLast(), "gitlab.push", "/webhooks/in/u1", "{\"a\":2}");
        assertThat(changes).extracting(Change::revision).containsExactly(1L, 2L);
    }

    @Test
    void stripesEventNamesItself() throws Exception {
        house.route("r", "webhook-in:/in?provider=stripe&secret=whsec_x&subject=/data/object/id");
        String body = "{\"id\":\"evt_1\",\"type\":\"invoice.paid\",\"data\":{\"object\":{\"id\":\"in_1\"}}}";
        for (int i = 0; i < 2; i++) accepted(house.post("/in", body, Senders.stripe("whsec_x", Instant.now(), body)));
        is(house.only(), "stripe.invoice.paid", "in_1", body);
    }

    @Test
    void slacksChallengeIsAnsweredOnlyWhenItIsGenuineAndIsNotKept() throws Exception {
        house.route("r", "webhook-in:/in?provider=slack&secret=s");
        String body = "{\"token\":\"t\",\"challenge\":\"3eZbrw1aBm2rZgRNFdxV\",\"type\":\"url_verification\"}";
        HttpResponse<String> reply = house.post("/in", body, Senders.slack("s", Instant.now(), body));
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(Json.parse(reply.body()).path("challenge").asText()).isEqualTo("3eZbrw1aBm2rZgRNFdxV");
        assertThat(house.post("/in", body, Senders.slack("x", Instant.now(), body))
                        .statusCode())
                .isEqualTo(401);
        assertThat(house.changes()).isEmpty();
    }

    @Test
    void slacksEventsCommandsAndInteractions() throws Exception {
        house.route("r", "webhook-in:/in?provider=slack&secret=s");
        String event = "{\"type\":\"event_callback\",\"event_id\":\"Ev1\",\"event\":{\"type\":\"app_mention\"}}";
        String command = "command=%2Fweather&text=94070+now&trigger_id=13.3";
        String interaction = "payload=%7B%22type%22%3A%22block_actions%22%2C%22trigger_id%22%3A%22t2%22%7D";
        accepted(house.post("/in", event, Senders.slack("s", Instant.now(), event)));
        accepted(house.post("/in", event, Senders.slack("s", Instant.now(), event)));
        for (String form : List.of(command, interaction))
            accepted(house.post("/in", form, and(Senders.slack("s", Instant.now(), form), "Content-Type", FORM)));
        List<Change> changes = house.changes();
        assertThat(changes).hasSize(3);
        is(changes.get(0), "slack.app_mention", "/webhooks/in/Ev1", event);
        is(
                changes.get(1),
                "slack.command",
                "/webhooks/in/13.3",
                "{\"command\":\"/weather\",\"text\":\"94070 now\",\"trigger_id\":\"13.3\"}");
        is(
                changes.get(2),
                "slack.block_actions",
                "/webhooks/in/t2",
                "{\"type\":\"block_actions\",\"trigger_id\":\"t2\"}");
    }

    @Test
    void shopifysTopicIsTheEvent() throws Exception {
        house.route("r", "webhook-in:/in?provider=shopify&secret=s");
        String body = "{\"id\":820982911946154508,\"total_price\":\"1.10\"}";
        accepted(house.post("/in", body, Senders.shopify("s", "orders/create", "b54557e4", body)));
        is(house.only(), "shopify.orders/create", "/webhooks/in/b54557e4", body);
    }

    @Test
    void standardWebhooksCarryTheirTypeInTheBody() throws Exception {
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        house.route("r", "webhook-in:/in?provider=standard-webhooks&secret=" + secret);
        String body = "{\"type\":\"user.created\",\"timestamp\":\"2024-01-01T00:00:00Z\",\"data\":{}}";
        for (int i = 0; i < 2; i++)
            accepted(house.post("/in", body, Senders.standard(secret, "msg_1", Instant.now(), body)));
        is(house.only(), "standard-webhooks.user.created", "/webhooks/in/msg_1", body);
    }

    @Test
    void aSubjectHasRevisionsAndPatches() throws Exception {
        house.route("r", "webhook-in:/in?provider=bearer&secret=s&subject=/id&event=X-Event&delivery=/delivery");
        String[] fields = {"Authorization", "Bearer s", "X-Event", "Item Changed"};
        accepted(house.post("/in", "{\"id\":7,\"v\":1,\"delivery\":\"a\"}", fields));
        accepted(house.post("/in", "{\"id\":7,\"v\":2,\"delivery\":\"b\"}", fields));
        accepted(house.post("/in", "{\"id\":7,\"v\":2,\"delivery\":\"b\"}", fields));
        List<Change> changes = house.changes();
        assertThat(changes).hasSize(2);
        is(changes.getLast(), "bearer.item_changed", "7", "{\"id\":7,\"v\":2,\"delivery\":\"b\"}");
        assertThat(changes).extracting(Change::revision).containsExactly(1L, 2L);
        assertThat(Json.text(changes.getLast().patch())).contains("{\"op\":\"replace\",\"path\":\"/v\",\"value\":2}");
        assertThat(changes.getLast().reversible()).isFalse();
    }

    @Test
    void twoReceiptsOfTheSameStateAreTwoEvents() throws Exception {
        house.route("r", "webhook-in:/in?provider=basic&secret=u:p&subject=/id");
        String basic = "Basic " + Base64.getEncoder().encodeToString(Senders.utf8("u:p"));
        for (int i = 0; i < 2; i++) accepted(house.post("/in", "{\"id\":\"x\"}", "Authorization", basic));
        List<Change> changes = house.changes();
        assertThat(changes).extracting(Change::revision).containsExactly(1L, 2L);
        assertThat(EventType.of(changes.getFirst())).isEqualTo("basic.received");
    }

    @Test
    void otherBodiesAreKeptToTheByte() throws Exception {
        house.route("r", "webhook-in:/in?provider=bearer&secret=s&delivery=X-Id");
        byte[] bytes = {0, (byte) 0xFF, 10, 13};
        house.send(
                "POST",
                "/in",
                bytes,
                "Authorization",
                "Bearer s",
                "Content-Type",
                "Application/X-Thing; a=b",
                "X-Id",
                "../1");
        is(
                house.only(),
                "bearer.received",
                "/webhooks/in/..%2F1",
                "{\"contentType\":\"application/x-thing\",\"base64\":\"AP8KDQ==\"}");
    }
}
