package io.eventful.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Event;
import io.eventful.event.Json;
import io.eventful.event.Publication;
import io.eventful.event.Publications;
import io.eventful.routes.LiveGateway;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that are too large, in a running gateway whose broker takes 20 KB. */
class ClaimedStatesTest {

    private static final String TEXT = "x".repeat(100_000);

    @TempDir
    static Path folder;

    private static LiveGateway gateway;

    private static String route(String path, String type) {
        return """
            - route:
                id: %1$s
                from:
                  uri: capture:/%1$s/{id}
                  parameters: {redact: /card}
                  steps:
                    - transformDataType: {toType: "event:%2$s"}
                    - to: {uri: "channel:%1$s"}
            """.formatted(path, type);
    }

    @BeforeAll
    static void start() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(
                routes.resolve("claims.yaml"),
                route("texts", "state") + route("edits", "change") + route("small", "state?limit=1KB") + """
                    - route:
                        id: hooks
                        from:
                          uri: webhook-in:/hooks/large
                          parameters: {provider: bearer, secret: s, bodyLimit: 26MB}
                          steps:
                            - transformDataType: {toType: "event:state"}
                            - to: {uri: "channel:hooks"}
                    """);
        gateway = new LiveGateway(
                folder.resolve("data"),
                routes,
                Map.of(
                        "eventful.broker.publish.event-size",
                        "20KB",
                        "eventful.edge.public-url",
                        "http://example.test"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Event published(String channel, long revision) {
        return await().atMost(Duration.ofMinutes(1))
                .until(() -> find(channel, revision), found -> !found.isEmpty())
                .getFirst();
    }

    private static List<Event> find(String channel, long revision) {
        return gateway.bean(Publications.class).after(0, 1_000).stream()
                .filter(publication -> publication.channel().equals(channel))
                .map(Publication::event)
                .filter(event -> event.extensions().get("revision").equals(Long.toString(revision)))
                .toList();
    }

    /** Path and query of the link, whose base is the public one. */
    private static String link(Event event) {
        JsonNode data = Json.parse(event.data());
        assertThat(data.path("reason").asText()).isEqualTo("claim-check");
        String link = data.path("link").asText();
        assertThat(link).startsWith("http://example.test/.eventful/states/" + event.position() + "?sig=");
        URI uri = URI.create(link);
        return uri.getRawPath() + '?' + uri.getRawQuery();
    }

    @Test
    void anEventOverTheBrokersLimitIsALinkToItsState() {
        String body = "{\"id\":1,\"price\":2.5,\"text\":\"" + TEXT + "\",\"card\":\"4111\"}";
        assertThat(gateway.call("PUT", "/texts/1", body).statusCode()).isLessThan(300);
        Event event = published("texts", 1);
        HttpResponse<String> state = gateway.call("GET", link(event), "");
        assertThat(state.statusCode()).isEqualTo(200);
        assertThat(state.headers().firstValue("content-type")).contains("application/json");
        assertThat(state.body().replace(TEXT, "TEXT"))
                .as("redacted as the ledger is, and the same to the character otherwise")
                .isEqualTo("{\"id\":1,\"price\":2.5,\"text\":\"TEXT\"}");
        String digest = Json.parse(event.data()).path("digest").asText();
        assertThat(Json.digest(Json.parse(state.body()))).isEqualTo(digest);

        String tag = state.headers().firstValue("etag").orElseThrow();
        assertThat(tag).isEqualTo('"' + digest + '"');
        assertThat(gateway.call("GET", link(event), "", "If-None-Match", "\"a\", W/" + tag)
                        .statusCode())
                .isEqualTo(304);
        HttpResponse<String> head = gateway.call("HEAD", link(event), "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-length"))
                .contains(Integer.toString(state.body().length()));

        gateway.call("DELETE", "/texts/1", "");
        String gone = link(published("texts", 2));
        assertThat(gateway.call("GET", gone, "").body().equals(state.body()))
                .as("a delete's is the last state")
                .isTrue();
    }

    @Test
    void aLinkIsGoodOnlyAsItIs() {
        gateway.call("PUT", "/small/1", "{\"id\":1,\"text\":\"" + "y".repeat(2_000) + "\"}");
        Event event = published("small", 1);
        String link = link(event);
        String path = link.substring(0, link.indexOf('?'));
        refused(gateway.call("GET", path, ""), 403);
        refused(gateway.call("GET", link + "x", ""), 403);
        refused(gateway.call("GET", path + "9" + link.substring(link.indexOf('?')), ""), 403);
        refused(gateway.call("GET", "/.eventful/states/x" + link.substring(link.indexOf('?')), ""), 403);
        HttpResponse<String> written = gateway.call("PUT", link, "{}");
        refused(written, 405);
        assertThat(written.headers().firstValue("allow")).contains("GET, HEAD");

        Clock past = Clock.offset(Clock.systemUTC(), Duration.ofDays(-8));
        SignedLinks earlier = new SignedLinks(() -> "", gateway.bean(ClaimSigner.class), past, Duration.ofDays(7));
        refused(gateway.call("GET", earlier.claim(event.position()), ""), 410);
        SignedLinks now =
                new SignedLinks(() -> "", gateway.bean(ClaimSigner.class), Clock.systemUTC(), Duration.ofDays(7));
        refused(gateway.call("GET", now.claim(999_999), ""), 404);
    }

    private static void refused(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(response.body()).doesNotContain("yyy");
    }

    @Test
    void aLargeChangeLinksToTheStateItLeft() {
        gateway.call("PUT", "/edits/1", "{\"id\":1}");
        gateway.call("PUT", "/edits/1", "{\"id\":1,\"text\":\"" + TEXT + "\"}");
        JsonNode data = Json.parse(published("edits", 2).data());
        assertThat(data.path("reversible").asBoolean(true)).isFalse();
        assertThat(data.path("afterDigest").asText()).startsWith("sha-256:");
        assertThat(gateway.call("GET", link(published("edits", 2)), "").body().contains(TEXT))
                .isTrue();
    }

    @Test
    void aWebhookOfTwentyFiveMegabytesIsKeptAndClaimed() {
        String body = "{\"text\":\"" + "z".repeat(25 * 1024 * 1024 - 11) + "\"}";
        assertThat(gateway.call("POST", "/hooks/large", body, "Authorization", "Bearer s")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> state = gateway.call("GET", link(published("hooks", 1)), "");
        assertThat(state.body().length()).isEqualTo(25 * 1024 * 1024);
        assertThat(state.body().equals(body)).isTrue();
    }
}
