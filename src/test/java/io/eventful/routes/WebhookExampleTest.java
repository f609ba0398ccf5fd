package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.channel.Channels;
import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example for incoming webhooks as it is shipped, with the gateway's real parts around it. */
class WebhookExampleTest {

    /** Every character here means something in a URI. */
    private static final String SECRET = "a+b&c=d%20e f)#?";

    private static final String BODY = "{\"action\":\"opened\",\"issue\":{\"node_id\":\"I_1\",\"title\":\"Broken\"}}";

    @TempDir
    Path folder;

    private static String signature(String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(BODY.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aVerifiedWebhookIsPublishedOnceAndTheSecretIsNowhereToBeSeen() throws Exception {
        List<Event> events = new CopyOnWriteArrayList<>();
        try (LiveGateway gateway =
                new LiveGateway(folder, Path.of("routes/examples/webhooks"), Map.of("github.webhook.secret", SECRET))) {
            gateway.bean(Channels.class).consume("github", "test", event -> {
                events.add(event);
                return CompletableFuture.completedFuture(null);
            });

            HttpResponse<String> forged = deliver(gateway, signature("another"));
            HttpResponse<String> first = deliver(gateway, signature(SECRET));
            HttpResponse<String> again = deliver(gateway, signature(SECRET));

            assertThat(forged.statusCode()).isEqualTo(401);
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(again.statusCode()).isEqualTo(200);
            await().until(() -> !events.isEmpty());
            Event event = events.getFirst();
            assertThat(event.type()).isEqualTo("github.issues");
            assertThat(event.source()).isEqualTo("/webhooks/hooks/github");
            assertThat(event.subject()).isEqualTo("I_1");
            JsonNode data = EventJson.tree(event).path("data");
            assertThat(data.path("action").asText()).isEqualTo("received");
            assertThat(data.path("state")).isEqualTo(Json.parse(BODY));
            assertThat(gateway.admin("GET", "/api/changes", "").path("items")).hasSize(1);
            assertThat(gateway.admin("GET", "/api/routes", "").toString())
                    .doesNotContain("a+b")
                    .contains("secret=xxx");
            assertThat(gateway.routes().state().lastReload().orElseThrow().problems())
                    .isEmpty();
        }
        assertThat(events).hasSize(1);
    }

    private static HttpResponse<String> deliver(LiveGateway gateway, String signature) {
        return gateway.call(
                "POST",
                "/hooks/github",
                BODY,
                "X-GitHub-Event",
                "issues",
                "X-GitHub-Delivery",
                "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                "X-Hub-Signature-256",
                signature);
    }
}
