package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.AdminClient;
import io.eventful.harness.ConsoleClient;
import io.eventful.routes.LiveGateway;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of who guesses the admin key, at a gateway whose proxy says from where calls come. */
class KeyLimitTest {

    private static final int LIMIT = 3;
    private static final String READ_KEY = "a-key-of-a-reader";

    private static final String ROUTES = """
        - route:
            id: customers-view
            from:
              uri: channel:customers
              steps:
                - to: {uri: "view:customers?access=key"}
        """;

    private static final String[] PROXY = {"X-Forwarded-For", "192.0.2.1"};

    @RegisterExtension
    final AdminRig rig = new AdminRig(
            ROUTES,
            "eventful.admin.guesses.limit",
            "" + LIMIT,
            "eventful.admin.guesses.span",
            "1h",
            "eventful.view.read-keys",
            READ_KEY);

    private HttpResponse<String> get(String path, String key) {
        return rig.stranger().get(path, "Authorization", "Bearer " + key, PROXY[0], PROXY[1]);
    }

    private static void assertTooMany(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(reply.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(1, 3600);
        assertThat(reply.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        assertThat(AdminClient.parse(reply.body()).at("/status").asInt()).isEqualTo(429);
    }

    private HttpResponse<String> signIn(String key) {
        return rig.stranger().send("POST", "/console/sign-in", "key=" + key, PROXY);
    }

    @Test
    void whoGuessesIsToldToWaitAndNobodyElseIs() {
        for (int i = 0; i < LIMIT - 1; i++)
            assertThat(get("/api/changes", "guess-" + i).statusCode()).isEqualTo(401);
        assertThat(signIn("guess-at-the-console").statusCode()).isEqualTo(403);

        assertTooMany(get("/api/changes", "another"));
        assertTooMany(get("/api/changes", LiveGateway.KEY));
        assertTooMany(get("/console", LiveGateway.KEY));
        assertTooMany(get("/", "another"));
        HttpResponse<String> page = signIn(LiveGateway.KEY);
        assertThat(page.statusCode()).isEqualTo(429);
        assertThat(page.headers().firstValue("retry-after")).isPresent();
        assertThat(page.headers().firstValue("content-type").orElse("")).startsWith("text/html");
        assertThat(page.body()).contains("Too many wrong keys");
        assertThat(get("/actuator/health", "another").statusCode()).isEqualTo(200);
        assertThat(rig.stranger().get("/api/changes", PROXY).statusCode())
                .as("no key, no guess")
                .isEqualTo(401);

        // The same address, but no proxy: the gateway's own machine.
        assertTooMany(new AdminClient(rig.gateway.adminAddress(), "wrong").call("GET", "/api/changes", ""));
        assertThat(new AdminClient(rig.gateway.adminAddress(), LiveGateway.KEY).all("/api/changes"))
                .isEmpty();
        assertThat(rig.stranger().signIn(LiveGateway.KEY).statusCode()).isEqualTo(302);
    }

    private HttpResponse<String> view(String key, String... more) {
        String[] fields = Stream.concat(Stream.of("Authorization", "Bearer " + key), Stream.of(more))
                .toArray(String[]::new);
        return new ConsoleClient(rig.gateway.data("")).get("/.eventful/views/customers", fields);
    }

    @Test
    void aViewIsNoWayAroundIt() {
        for (int i = 0; i < LIMIT; i++) {
            assertThat(view(READ_KEY, PROXY).statusCode()).isEqualTo(200);
            assertThat(view(LiveGateway.KEY, PROXY).statusCode()).isEqualTo(200);
            assertThat(view("guess-" + i, PROXY).statusCode()).isEqualTo(401);
        }
        assertTooMany(get("/api/changes", LiveGateway.KEY));
        assertThat(view(LiveGateway.KEY, PROXY).statusCode()).isEqualTo(401);
        assertThat(view(LiveGateway.KEY).statusCode()).as("here").isEqualTo(200);
        assertThat(view(READ_KEY, PROXY).statusCode()).as("a key to views").isEqualTo(200);
    }
}
