package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.ConsoleClient;
import io.eventful.routes.LiveGateway;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets into the console, and what its pages let a browser do. */
class ConsoleAccessTest {

    private static final List<String> PAGES = List.of(
            "/console",
            "/console/changes",
            "/console/subscriptions",
            "/console/subscriptions/new",
            "/console/deliveries",
            "/console/replays",
            "/console/routes",
            "/console/tail");

    @RegisterExtension
    static final AdminRig rig = new AdminRig(AdminRig.NO_ROUTES);

    private static ConsoleClient operator() {
        ConsoleClient client = rig.stranger();
        assertThat(client.signIn(LiveGateway.KEY).statusCode()).isEqualTo(302);
        return client;
    }

    @Test
    void aStrangerSeesTheSignInAlone() {
        assertThat(ConsoleClient.location(rig.stranger().get("/"))).isEqualTo("/console");
        for (String page : PAGES) {
            HttpResponse<String> reply = rig.stranger().get(page);
            assertThat(reply.statusCode()).isEqualTo(303);
            assertThat(ConsoleClient.location(reply)).startsWith("/console/sign-in");
            assertThat(reply.body()).isEmpty();
        }
        for (String path : List.of("/console", "/console/assets/console.js", "/console/tail/events"))
            assertSentToSignIn(rig.stranger().get(path));
        assertThat(rig.stranger().get("/console/sign-in").body())
                .contains("Admin key")
                .doesNotContain("/console/changes");
        assertThat(rig.stranger().get("/console/assets/console.css").statusCode())
                .isEqualTo(200);
        assertSentToSignIn(rig.stranger().send("POST", "/console/deliveries/retry", "state=dead"));
    }

    private static void assertSentToSignIn(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).isEqualTo(303);
        assertThat(ConsoleClient.location(reply)).isEqualTo("/console/sign-in");
        assertThat(reply.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/../api/changes",
                "/console/%2e%2e/api/changes",
                "/console//changes",
                "/console;a=b",
                "/console/sign-in/",
                "/console/sign-in;/../../api/changes",
                "/consoles",
                "//console"
            })
    void aSecondSpellingOpensNothing(String path) {
        assertThat(rig.stranger().get(path).statusCode()).isIn(303, 400, 401);
        assertThat(operator().get(path).statusCode()).as("with a session").isIn(400, 401, 404);
    }

    @Test
    void theKeySignsInAndIsNeverToldAgain() {
        HttpResponse<String> wrong = rig.stranger().signIn("not-the-key-<b>");
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(wrong.headers().firstValue("set-cookie")).isEmpty();
        assertThat(wrong.body()).contains("not the admin key").doesNotContain("not-the-key");

        HttpResponse<String> right = rig.stranger().signIn(LiveGateway.KEY);
        assertThat(right.headers().firstValue("set-cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie)
                        .contains("HttpOnly", "SameSite=Strict", "Path=/console")
                        .doesNotContain(LiveGateway.KEY, "Domain", "Max-Age", "Expires"));
        assertThat(ConsoleClient.location(right)).endsWith("/console");
        ConsoleClient operator = operator();
        for (String page : PAGES) assertThat(operator.get(page).body()).as(page).doesNotContain(LiveGateway.KEY);
    }

    @Test
    void theSessionOpensTheConsoleAlone() {
        ConsoleClient operator = operator();
        assertThat(operator.get("/console").statusCode()).isEqualTo(200);
        for (String path : List.of("/api/changes", "/openapi.json", "/actuator/info"))
            assertThat(operator.get(path).statusCode()).as(path).isEqualTo(401);
    }

    @Test
    void theKeyItselfOpensItToo() {
        HttpResponse<String> home = rig.stranger().get("/", "Authorization", "Bearer " + LiveGateway.KEY);
        assertThat(home.statusCode()).isEqualTo(200);
        assertThat(home.headers().firstValue("content-type").orElse("")).startsWith("text/html");
        assertThat(home.body()).contains("Overview");
        assertThat(home.headers().firstValue("set-cookie")).isEmpty();
    }

    @Test
    void whoAskedForAPageComesToItAfterTheSignIn() {
        ConsoleClient stranger = rig.stranger();
        String page = ConsoleClient.location(stranger.get("/console/changes?subject=/a%25b&resource=x"));
        assertThat(page).isEqualTo("/console/sign-in?to=%2Fconsole%2Fchanges%3Fsubject%3D%2Fa%2525b%26resource%3Dx");
        String field = "name=\"to\" value=\"/console/changes?subject=/a%25b&amp;resource=x\"";
        assertThat(stranger.get(page).body()).contains(field);
        String form = "&to=%2Fconsole%2Fchanges%3Fsubject%3D%2Fa%2525b%26resource%3Dx";
        assertThat(stranger.send("POST", "/console/sign-in", "key=wrong" + form).body())
                .as("not lost to a wrong key")
                .contains(field);
        assertThat(ConsoleClient.location(stranger.send("POST", "/console/sign-in", "key=" + LiveGateway.KEY + form)))
                .endsWith("/console/changes?subject=/a%25b&resource=x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example/",
                "//elsewhere.example/console/changes",
                "/console/../api/changes",
                "/console/changes?{x}",
                "/console/changes?a%0D%0Ab",
                "/console/%22%3E%3Cscript%3E",
                "/console/sign-in",
                "/api/changes",
                "javascript:alert(1)"
            })
    void theSignInLeadsNowhereElse(String to) {
        String form = "key=" + LiveGateway.KEY + "&to=" + to;
        assertThat(ConsoleClient.location(rig.stranger().send("POST", "/console/sign-in", form)))
                .endsWith("/console");
        assertThat(rig.stranger()
                        .send("POST", "/console/sign-in", "key=wrong&to=" + to)
                        .body())
                .doesNotContain("elsewhere", "javascript:", "<script>alert");
    }

    @Test
    void signingOutEndsIt() {
        ConsoleClient operator = operator();
        assertThat(operator.post("/console/sign-out", Map.of())
                        .headers()
                        .firstValue("set-cookie")
                        .orElse(""))
                .contains("Max-Age=0");
        assertSentToSignIn(operator.get("/console"));
    }

    @Test
    void aFormOfAnotherSiteDoesNothing() {
        ConsoleClient operator = operator();
        String token = operator.token();
        String path = "/console/deliveries/retry";
        assertThat(operator.send("POST", path, "state=dead").statusCode()).isEqualTo(403);
        assertThat(operator.send("POST", path, "state=dead&_csrf=" + operator().token())
                        .statusCode())
                .isEqualTo(403);
        String form = "state=dead&_csrf=" + token;
        assertThat(operator.send("POST", path, form, "Origin", "https://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(operator.send("POST", path, form, "Origin", "null").statusCode())
                .isEqualTo(403);
        assertThat(operator.send("POST", path, form, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(rig.stranger()
                        .send("POST", "/console/sign-in", "key=" + LiveGateway.KEY, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(operator.send(
                                "POST",
                                path,
                                form,
                                "Origin",
                                rig.gateway.adminAddress().toString(),
                                "Sec-Fetch-Site",
                                "same-origin")
                        .statusCode())
                .isEqualTo(302);
    }

    @Test
    void aProxyMayGiveTheConsoleAnotherName() {
        ConsoleClient operator = operator();
        String form = "state=dead&_csrf=" + operator.token();
        assertThat(operator.send(
                                "POST",
                                "/console/deliveries/retry",
                                form,
                                "Origin",
                                "https://console.example",
                                "Sec-Fetch-Site",
                                "same-origin")
                        .statusCode())
                .as("the browser has compared them, under the name that it knows")
                .isEqualTo(302);
    }

    @Test
    void pagesAskForNothingFromElsewhereAndRunNothingOfTheirOwn() {
        ConsoleClient operator = operator();
        for (String page : PAGES) {
            HttpResponse<String> reply = operator.get(page);
            assertThat(reply.statusCode()).as(page).isEqualTo(200);
            assertThat(reply.headers().firstValue("content-security-policy").orElse(""))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe", "http:", "https:", "*");
            assertThat(reply.headers().firstValue("cache-control")).hasValue("no-store");
            assertThat(reply.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(reply.body())
                    .as(page)
                    .startsWith("<!DOCTYPE html>")
                    .contains("lang=\"en\"", "name=\"viewport\"")
                    .doesNotContainPattern("(?i)<script(?![^>]*src=\"/console/assets/)")
                    .doesNotContainPattern("(?i)<style| style=| on[a-z]+=")
                    .doesNotContainPattern("(?i)(src|href|action)=\"(https?:)?//");
            // Every field has a label.
            var fields = Pattern.compile("<(?:input|select)(?![^>]*type=\"hidden\")[^>]* id=\"([^\"]+)\"")
                    .matcher(reply.body());
            while (fields.find()) assertThat(reply.body()).contains("<label for=\"" + fields.group(1) + "\"");
        }
        for (String asset : List.of("console.css", "console.js", "htmx.js"))
            assertThat(operator.get("/console/assets/" + asset).body())
                    .as(asset)
                    .hasSizeGreaterThan(500);
        assertThat(operator.get("/console/assets/other.js").statusCode()).isEqualTo(404);
    }
}
