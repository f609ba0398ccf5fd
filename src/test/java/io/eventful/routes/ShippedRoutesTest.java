package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.eventful.harness.WebhookReceiver;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedRoutesTest {

    @TempDir
    Path data;

    @Test
    void everyWriteReachesASubscriberAsAVerifiedEvent() {
        try (LiveGateway gateway = new LiveGateway(data, Path.of("routes"), Map.of());
                WebhookReceiver receiver = new WebhookReceiver()) {
            JsonNode subscription = gateway.admin(
                    "POST", "/api/subscriptions", "{\"sink\":\"" + receiver.address() + "\",\"protocol\":\"HTTP\"}");
            receiver.secret(subscription.at("/config/secret").asText());
            assertThat(gateway.call("POST", "/customers", "{\"name\":\"Ada\"}").statusCode())
                    .isEqualTo(201);
            await().until(() -> receiver.events().size() == 1);
            CloudEvent event = receiver.events().getFirst();
            assertThat(event.getType()).isEqualTo("customers.created");
            assertThat(event.getSubject()).isEqualTo("/customers/1");
            JsonNode routes = gateway.admin("GET", "/api/routes", "");
            assertThat(routes.path("generation").asLong()).isEqualTo(1);
            assertThat(routes.at("/routes/0/status").asText()).isEqualTo("started");
            assertThat(routes.path("routes").findValuesAsText("id"))
                    .containsExactlyInAnyOrder("everything", "everything-subscribers");
            assertThat(routes.at("/lastReload/result").asText()).isEqualTo("loaded");
            assertThat(routes.at("/lastReload/problems")).isEmpty();
            JsonNode checked = gateway.admin(
                    "POST",
                    "/api/routes/check",
                    "{\"a.yaml\":\"- route:\\n"
                            + "    id: a\\n"
                            + "    from:\\n"
                            + "      uri: capture:/a/{id}?resorce=x\\n"
                            + "      steps: []\\n"
                            + "\"}");
            assertThat(checked.path("result").asText()).isEqualTo("refused");
            assertThat(checked.at("/problems/0/rule").asText()).isEqualTo("unknown-endpoint-option");
            assertThat(checked.at("/problems/0/remedy").asText()).isEqualTo("did you mean \"resource\"?");
            assertThat(gateway.admin("GET", "/api/routes", "")
                            .path("generation")
                            .asLong())
                    .isEqualTo(1);
        }
    }
}
