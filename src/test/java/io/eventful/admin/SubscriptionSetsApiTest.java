package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubscriptionSetsApiTest {

    private static final String SET = """
        subscriptions:
          crm:
            sink: http://127.0.0.1:9/hook
            sinkcredential: {credentialtype: PLAIN, identifier: bob}
        """;

    @TempDir
    Path folder;

    private SubscriptionsServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    private record Reply(int status, String text, JsonNode body) {}

    @BeforeEach
    void start() {
        server = SubscriptionsServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Reply send(String method, String path, String type, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve("/api/subscriptions" + path))
                .header("Authorization", "Bearer " + SubscriptionsServer.KEY)
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
        boolean json = reply.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Reply(reply.statusCode(), reply.body(), new ObjectMapper().readTree(json ? reply.body() : "{}"));
    }

    private Reply load(String yaml) throws Exception {
        return send("POST", "/import", "application/yaml", yaml);
    }

    @Test
    void whatWasImportedWithoutItsSecretIsNamedAndNotCalledBeforeItHasThat() throws Exception {
        Reply made = load(SET);
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.body().at("/items/0/warnings/0").asText()).contains("crm", "sinkcredential.secret");
        String path = "/" + made.body().at("/items/0/id").asText();
        Reply shown = send("GET", path, "application/json", "");
        assertThat(shown.body().path("status").asText()).isEqualTo("paused");
        assertThat(shown.body().path("reason").asText()).isEqualTo("credential-missing");
        for (String act : new String[] {"/resume", "/test"}) {
            Reply refused = send("POST", path + act, "application/json", "");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text()).contains("sinkcredential.secret");
        }
        Reply complete = load(SET.replace("identifier: bob", "identifier: bob, secret: hunter2"));
        assertThat(complete.body().at("/items/0").has("warnings")).isFalse();
        assertThat(send("GET", path, "application/json", "")
                        .body()
                        .path("status")
                        .asText())
                .isEqualTo("active");
    }
}
