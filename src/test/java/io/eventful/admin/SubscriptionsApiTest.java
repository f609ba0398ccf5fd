package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionsApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static SubscriptionsServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        server = SubscriptionsServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.address().resolve(path))
                .header("Authorization", "Bearer " + SubscriptionsServer.KEY)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> json(String method, String path, String body) throws Exception {
        return send(method, path, body.replace('\'', '"'), "Content-Type", "application/json");
    }

    private static JsonNode body(HttpResponse<String> reply) throws Exception {
        return JSON.readTree(reply.body());
    }

    private static String path(HttpResponse<String> created) {
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return created.headers().firstValue("Location").orElseThrow();
    }

    private static void assertProblem(HttpResponse<String> reply, int status) throws Exception {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(body(reply).path("status").asInt()).isEqualTo(status);
        assertThat(body(reply).path("title").asText()).isNotBlank();
    }

    private static final String SINK = "'sink':'http://127.0.0.1:9/hook','protocol':'HTTP'";

    @Test
    void theSecretIsShownOnceAndNeverAgain() throws Exception {
        HttpResponse<String> created = json(
                "POST",
                "/api/subscriptions",
                "{" + SINK + ",'types':['customer.created'],'config':{'channel':'customers'},"
                        + "'sinkcredential':{'credentialtype':'PLAIN','identifier':'bob','secret':'hunter2'}}");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Cache-Control")).hasValue("no-store");
        JsonNode made = body(created);
        assertThat(path(created))
                .isEqualTo("/api/subscriptions/" + made.path("id").asText());
        assertThat(made.at("/config/secret").asText()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(made.path("status").asText()).isEqualTo("active");
        assertThat(made.path("position").asLong()).isEqualTo(41);
        assertThat(made.path("lag").asLong()).isEqualTo(3);
        assertThat(made.at("/sinkcredential/identifier").asText()).isEqualTo("bob");
        assertThat(created.body()).doesNotContain("hunter2");
        for (String target : List.of(path(created), "/api/subscriptions?limit=1000"))
            assertThat(send("GET", target, "").body())
                    .contains(made.path("id").asText())
                    .doesNotContain("whsec_", "hunter2", "\"secret\"");
    }

    @Test
    void aReplyIsSpelledAsItsRequestWas() throws Exception {
        HttpResponse<String> created = json(
                "POST",
                "/api/subscriptions",
                "{" + SINK + ",'protocolSettings':{'headers':{'X-A':'b'}},'config':{'contentMode':'structured'}}");
        assertThat(body(created).at("/protocolSettings/headers/X-A").asText()).isEqualTo("b");
        JsonNode shown = body(send("GET", path(created), ""));
        assertThat(shown.at("/config/contentMode").asText()).isEqualTo("structured");
        assertThat(shown.has("createdAt")).isTrue();
    }

    @Test
    void whatAReplyShowedMayBeSentBack() throws Exception {
        JsonNode made = body(json("POST", "/api/subscriptions", "{" + SINK + ",'config':{'signatures':['v1','v1a']}}"));
        String path = "/api/subscriptions/" + made.path("id").asText();
        assertThat(made.at("/config/publickey").asText()).startsWith("whpk_");
        for (JsonNode shown : List.of(made, body(send("GET", path, "")))) {
            HttpResponse<String> put = json("PUT", path, shown.toString());
            assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
            assertThat(put.body()).doesNotContain("whsec_");
        }
        ObjectNode other = made.deepCopy();
        other.withObject("/config").put("secret", "whsec_" + "A".repeat(43) + "=");
        assertProblem(json("PUT", path, other.toString()), 422);
        other = made.deepCopy();
        other.withObject("/config").put("publickey", "whpk_other");
        assertProblem(json("PUT", path, other.toString()), 422);
        other = made.deepCopy();
        other.putObject("endpoint").put("state", "retry-after");
        other.withObject("/config").remove("secret");
        assertThat(json("PUT", path, other.toString()).statusCode()).isEqualTo(200);
        assertThat(send("POST", path + "/rotate-secret", "").statusCode()).isEqualTo(200);
        assertThat(json("PUT", path, made.toString()).statusCode())
                .as("read before a rotation")
                .isEqualTo(200);
    }

    @Test
    void putReplacesAndDeleteRemoves() throws Exception {
        String path = path(json("POST", "/api/subscriptions", "{" + SINK + ",'types':['a']}"));
        JsonNode shown = body(send("GET", path, ""));
        HttpResponse<String> put = json("PUT", path, shown.toString().replace("[\"a\"]", "[\"b\"]"));
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        assertThat(body(put).path("types").toString()).isEqualTo("[\"b\"]");
        assertThat(put.body()).doesNotContain("whsec_");
        HttpResponse<String> deleted = send("DELETE", path, "");
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertProblem(send("DELETE", path, ""), 404);
        assertProblem(send("GET", path, ""), 404);
        assertProblem(json("PUT", path, "{" + SINK + "}"), 404);
        for (String action : List.of("pause", "resume", "rotate-secret", "test"))
            assertProblem(send("POST", path + "/" + action, ""), 404);
    }

    @Test
    void pauseAndResumeSayWhereItStands() throws Exception {
        String path = path(json("POST", "/api/subscriptions", "{" + SINK + "}"));
        JsonNode paused = body(send("POST", path + "/pause", ""));
        assertThat(paused.path("status").asText()).isEqualTo("paused");
        assertThat(paused.path("reason").asText()).isEqualTo("paused-by-owner");
        JsonNode resumed = body(send("POST", path + "/resume", ""));
        assertThat(resumed.path("status").asText()).isEqualTo("active");
        assertThat(resumed.has("reason")).isFalse();
    }

    @Test
    void rotationShowsTheNewSecretOnce() throws Exception {
        HttpResponse<String> created = json("POST", "/api/subscriptions", "{" + SINK + "}");
        HttpResponse<String> rotated = send("POST", path(created) + "/rotate-secret", "");
        assertThat(rotated.statusCode()).isEqualTo(200);
        assertThat(rotated.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(body(rotated).at("/config/secret").asText())
                .startsWith("whsec_")
                .isNotEqualTo(body(created).at("/config/secret").asText());
        assertThat(send("GET", path(created), "").body()).doesNotContain("whsec_");
    }

    @Test
    void aTestEventReportsWhatTheSinkSaid() throws Exception {
        String path = path(json("POST", "/api/subscriptions", "{" + SINK + "}"));
        HttpResponse<String> tested = send("POST", path + "/test", "");
        assertThat(tested.statusCode()).isEqualTo(200);
        assertThat(body(tested).path("delivered").asBoolean()).isTrue();
        assertThat(body(tested).path("status").asInt()).isEqualTo(204);
    }

    @Test
    void everyProblemComesWithItsPointer() throws Exception {
        HttpResponse<String> refused = json(
                "POST",
                "/api/subscriptions",
                "{'sink':'http://10.0.0.1/','protocol':'KAFKA','fliters':[],'filters':[{'sql':'type ='}]}");
        assertProblem(refused, 422);
        assertThat(body(refused).path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/sink", "/protocol", "/fliters", "/filters/0/sql");
        assertThat(body(refused).path("errors").findValuesAsText("remedy"))
                .anySatisfy(remedy -> assertThat(remedy).isEqualTo("Did you mean \"filters\"?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{'sink':}", "{} {}", "{'a':1,'a':2}", "nonsense"})
    void whatIsNotJsonIsRefusedWithItsPlace(String body) throws Exception {
        HttpResponse<String> refused = json("POST", "/api/subscriptions", body);
        assertProblem(refused, 400);
        if (!body.isBlank()) assertThat(body(refused).path("detail").asText()).contains("line 1, column");
    }

    @Test
    void otherMediaTypesAndMethodsAreRefused() throws Exception {
        assertProblem(send("POST", "/api/subscriptions", "{}", "Content-Type", "text/plain"), 415);
        assertProblem(send("POST", "/api/subscriptions", "{}"), 415);
        assertProblem(
                send("POST", "/api/subscriptions", "{}", "Content-Type", "application/x-www-form-urlencoded"), 415);
        HttpResponse<String> patched = json("PATCH", "/api/subscriptions", "{}");
        assertProblem(patched, 405);
        assertThat(patched.headers().firstValue("Allow").orElse("")).contains("POST", "GET");
        assertProblem(json("POST", "/api/subscriptions", "[" + " ".repeat(300_000) + "]"), 413);
        HttpResponse<String> options = send("OPTIONS", "/api/subscriptions", "");
        assertThat(options.headers().firstValue("Allow").orElse("")).contains("POST", "GET");
        assertThat(send(
                                "POST",
                                "/api/subscriptions",
                                "{" + SINK.replace('\'', '"') + "}",
                                "Content-Type",
                                "application/json; charset=utf-8")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void pagesGoThroughAllOnceInOrderOfCreation() throws Exception {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 7; i++)
            made.add(body(json("POST", "/api/subscriptions", "{" + SINK + "}"))
                    .path("id")
                    .asText());
        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = body(send("GET", "/api/subscriptions?limit=3&after=" + after, ""));
            assertThat(page.has("next")).isTrue();
            page.path("items").forEach(item -> seen.add(item.path("id").asText()));
            after = page.path("next").isNull() ? "" : page.path("next").asText();
        } while (!after.isEmpty());
        assertThat(seen).doesNotHaveDuplicates().containsSubsequence(made);
        for (String limit : List.of("0", "1001", "x"))
            assertProblem(send("GET", "/api/subscriptions?limit=" + limit, ""), 400);
    }
}
