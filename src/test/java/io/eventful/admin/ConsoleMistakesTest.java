package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.ConsoleClient;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console when something does not go as its reader thinks. Sinks have to agree, and none does. */
class ConsoleMistakesTest {

    @RegisterExtension
    static final AdminRig rig = new AdminRig(AdminRig.NO_ROUTES, "eventful.delivery.consent", "required");

    private static String subscribe() {
        return ConsoleClient.location(rig.console.post(
                "/console/subscriptions", Map.of("sink", rig.receiver.address().toString())));
    }

    @Test
    void aSecretThatIsShownOnceWaitsForAPage() {
        String one = "/console/subscriptions/" + subscribe().replaceAll(".*/", "");
        // Another tab fetches what is no page.
        rig.console.get("/console/assets/console.css");
        rig.console.get(one, "HX-Request", "true");
        assertThat(rig.console.get(one).body()).contains("whsec_");
        assertThat(rig.console.get(one).body()).doesNotContain("whsec_");
    }

    @Test
    void aSubscriptionWithoutConsentDoesNotGoOn() {
        String one = "/console/subscriptions/" + subscribe().replaceAll(".*/", "");
        assertThat(rig.console.get(one).body())
                .contains("pending", ">Request consent again<")
                .doesNotContain(">Resume<");
        assertThat(rig.console.act(one + "/resume", Map.of("held", "release")))
                .contains("notice failed", "consent-pending")
                .doesNotContain("The subscription is active again");
    }

    @Test
    void nothingIsSentToASinkBeforeItsConsentNotEvenATest() {
        String one = "/console/subscriptions/" + subscribe().replaceAll(".*/", "");
        assertThat(rig.console.post(one + "/test", Map.of()).body())
                .contains("Consent of the sink is missing", "before its consent.", "Back to this subscription")
                .doesNotContain("POST …");
        rig.console.act(one + "/pause", Map.of());
        assertThat(rig.console.post(one + "/test", Map.of()).body()).contains("Consent of the sink is missing");
    }

    @Test
    void whereThereIsNothingThePagesSaySo() {
        assertThat(rig.console.get("/console/routes").body())
                .contains("No route is running.", "No capture: route is running.");
        assertThat(rig.console.get("/console/deliveries?state=dead").body())
                .contains("No deliveries found.")
                .doesNotContain("Retry all of these");
        assertThat(rig.console.get("/console/replays").body()).contains("No replays yet.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/none", "/console/subscriptions/x/pause", "/console/sign-out", "/console/a/b/c/d"})
    void whatIsNoPageIsToldOnAPage(String path) {
        HttpResponse<String> reply = rig.console.get(path);
        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.headers().firstValue("content-type").orElse("")).startsWith("text/html");
        assertThat(reply.body()).contains("No such page", "Back to the overview");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/changes/0",
                "/console/changes/-1",
                "/console/changes/9/reversal",
                "/console/subscriptions/x",
                "/console/deliveries/x",
                "/console/replays/x",
                "/console/routes/parked?route=x"
            })
    void anIdThatIsGoneIsToldOnAPage(String path) {
        HttpResponse<String> reply = rig.console.get(path);
        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.headers().firstValue("content-type").orElse("")).startsWith("text/html");
        assertThat(reply.body()).contains("Back to the overview").doesNotContain("GET /api/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/changes?before=x",
                "/console/changes?outcome=foo",
                "/console/deliveries?state=none",
                "/console/deliveries?after=%00",
                "/console/routes/parked",
                "/console/routes/parked?route=x&after=x"
            })
    void aParameterThatMakesNoSenseIsToldOnAPage(String path) {
        HttpResponse<String> reply = rig.console.get(path);
        assertThat(reply.statusCode()).as(path).isIn(400, 404, 422);
        assertThat(reply.headers().firstValue("content-type").orElse("")).startsWith("text/html");
    }

    @Test
    void aSlashTooManyLeadsToThePage() {
        for (String path : new String[] {"/console/", "/console/changes/", "/console//"}) {
            HttpResponse<String> reply = rig.console.get(path);
            assertThat(reply.statusCode()).as(path).isEqualTo(303);
            assertThat(ConsoleClient.location(reply)).isEqualTo(path.replaceFirst("/+$", ""));
        }
        assertThat(ConsoleClient.location(rig.console.get("/console/changes/?subject=/a")))
                .isEqualTo("/console/changes?subject=/a");
        assertThat(rig.console.get("/elsewhere/").statusCode()).isEqualTo(401);
    }

    @Test
    void aReplayThatIsRefusedKeepsWhatWasFilledIn() {
        HttpResponse<String> reply = rig.console.post(
                "/console/replays",
                Map.of(
                        "subscription",
                        "sub_none",
                        "from",
                        "17",
                        "to",
                        "18",
                        "types",
                        "a.b",
                        "subject",
                        "/x",
                        "rate",
                        "many"));
        assertThat(reply.statusCode()).isEqualTo(422);
        assertThat(reply.body())
                .contains("is not a whole number")
                .contains(
                        "value=\"sub_none\"",
                        "value=\"17\"",
                        "value=\"18\"",
                        "value=\"a.b\"",
                        "value=\"/x\"",
                        "value=\"many\"");
    }

    @Test
    void aLabelWithoutAValueIsRefused() {
        HttpResponse<String> reply = rig.console.post(
                "/console/subscriptions", Map.of("sink", rig.receiver.address().toString(), "labels", "bad label"));
        assertThat(reply.statusCode()).isEqualTo(422);
        assertThat(reply.body()).contains("The label bad has no value.", "value=\"bad label\"");
    }

    @Test
    void formsThatWereSentToSomethingGoneAreToldOnAPage() {
        for (String path : new String[] {
            "/console/subscriptions/x/pause",
            "/console/subscriptions/x/resume",
            "/console/subscriptions/x/rotate-secret",
            "/console/subscriptions/x/test",
            "/console/subscriptions/x/delete",
            "/console/deliveries/x/retry",
            "/console/replays/x/cancel",
            "/console/changes/9/reversal"
        }) {
            HttpResponse<String> reply = rig.console.post(path, Map.of());
            assertThat(reply.statusCode()).as(path).isEqualTo(404);
            assertThat(reply.headers().firstValue("content-type").orElse(""))
                    .as(path)
                    .startsWith("text/html");
        }
        for (String path :
                new String[] {"/console/deliveries/retry", "/console/routes/parked", "/console/routes/parked/skip"})
            assertThat(rig.console.post(path, Map.of()).statusCode()).as(path).isEqualTo(400);
        HttpResponse<String> slow =
                rig.console.post("/console/subscriptions/x/resume", Map.of("held", "slow", "rate", "many"));
        assertThat(slow.statusCode()).isEqualTo(404);
    }
}
