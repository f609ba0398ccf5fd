package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.ConsoleClient;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is wrong with a form is told in the words of the form, all of it, and nothing that was filled in is lost. */
class ConsoleFormsTest {

    @RegisterExtension
    static final AdminRig rig = new AdminRig(AdminRig.CUSTOMERS);

    private static String problem(String field, String text) {
        return "id=\"" + field + "-problem\">" + text;
    }

    @Test
    void everythingIsToldAtItsField() {
        HttpResponse<String> reply = rig.console.post(
                "/console/subscriptions",
                Map.of(
                        "sink",
                        "http://10.1.1.1/hook",
                        "types",
                        "a.*",
                        "start",
                        "yesterday",
                        "ratelimit",
                        "-4",
                        "name",
                        "x y",
                        "labels",
                        "bad team=crm"));
        assertThat(reply.statusCode()).isEqualTo(422);
        assertThat(reply.body())
                .contains(
                        "Nothing was created",
                        "<a href=\"#sink\">Sink</a>",
                        "<a href=\"#labels\">Labels</a>",
                        "id=\"sink-problem\"",
                        problem("types", "types are matched exactly"),
                        problem("start", "is neither now, earliest nor a position"),
                        problem("ratelimit", "is not a whole number"),
                        problem("name", "is not a name"),
                        problem("labels", "The label bad has no value"),
                        "aria-describedby=\"name-problem\"",
                        "value=\"http://10.1.1.1/hook\"",
                        "value=\"bad team=crm\"")
                .doesNotContain("/config", "/sink", "/types", "remove it", "prefix&quot;");
    }

    @Test
    void aFormWithoutAnythingSaysWhatItNeeds() {
        HttpResponse<String> reply = rig.console.post("/console/subscriptions", Map.of());
        assertThat(reply.statusCode()).isEqualTo(422);
        assertThat(reply.body())
                .contains(problem("sink", "is missing. Set it to the URL that receives the events"))
                .doesNotContain("remove the member", "novalidate");
    }

    @Test
    void aNameThatIsTakenIsToldAtTheName() {
        Map<String, String> form = Map.of("sink", rig.receiver.address().toString(), "name", "taken");
        rig.console.act("/console/subscriptions", form);
        assertThat(rig.console.post("/console/subscriptions", form).body())
                .contains("id=\"name-problem\">is already the name of");
        assertThat(rig.console
                        .post("/console/subscriptions", Map.of("sink", "http://10.1.1.1/", "name", "taken"))
                        .body())
                .as("with everything else that is wrong")
                .contains("id=\"sink-problem\"", "id=\"name-problem\">is already the name of");
    }

    @Test
    void aChannelThatNoRouteSendsToIsToldOnItsPage() {
        String page = rig.console.act(
                "/console/subscriptions", Map.of("sink", rig.receiver.address().toString(), "channel", "custmers"));
        assertThat(page).contains("whsec_", "No running route sends events to subscribers:custmers", "did you mean");
        assertThat(rig.page("/console/subscriptions")).contains("class=\"state warn\"", ">warning</a>");
        assertThat(rig.console.act(
                        "/console/subscriptions",
                        Map.of("sink", rig.receiver.address().toString(), "channel", "customers")))
                .doesNotContain("No running route");
    }

    @Test
    void aReplayIsRefusedInTheWordsOfItsForm() {
        HttpResponse<String> reply = rig.console.post(
                "/console/replays", Map.of("subscription", "nobody", "from", "17", "rate", "many", "types", "a"));
        assertThat(reply.statusCode()).isEqualTo(422);
        assertThat(reply.body())
                .contains(
                        problem("subscription", "There is no subscription nobody."),
                        problem("rate", "is not a whole number. Write the events per second"),
                        "value=\"nobody\"",
                        "value=\"17\"",
                        "value=\"many\"")
                .doesNotContain("/api/", "/rate", "/subscription is");
        assertThat(rig.console.post("/console/replays", Map.of("from", "x")).body())
                .contains(problem("subscription", "Choose a subscription."));
        String id = rig.admin
                .subscribe(rig.receiver.address(), "\"types\":[\"none\"]")
                .get("id")
                .asText();
        assertThat(rig.console
                        .post("/console/replays", Map.of("subscription", id, "from", "x"))
                        .body())
                .contains(problem("from", "is neither a position nor an RFC 3339 time"));
    }

    @Test
    void aRateThatCannotBeIsToldAtItsFieldAndKept() {
        String id = rig.admin
                .subscribe(rig.receiver.address(), "\"types\":[\"none\"]")
                .get("id")
                .asText();
        String one = "/console/subscriptions/" + id;
        assertThat(rig.console.act(one + "/pause", Map.of())).contains("max=\"1000000\"");
        for (String rate : new String[] {"1000001", "many"}) {
            HttpResponse<String> reply = rig.console.post(one + "/resume", Map.of("held", "slow", "rate", rate));
            assertThat(reply.statusCode()).isEqualTo(422);
            assertThat(reply.body())
                    .contains(
                            "The subscription was not resumed.",
                            problem("rate", "is not a whole number from 1 to 1000000"),
                            "value=\"" + rate + "\"",
                            "<option value=\"slow\" selected=\"selected\">",
                            ">Delete the subscription<")
                    .doesNotContain("/rate");
        }
        assertThat(rig.page(one)).contains(">paused<").doesNotContain("value=\"many\"");
    }

    @Test
    void aFilterThatMakesNoSenseKeepsItsForm() {
        HttpResponse<String> deliveries = rig.console.get("/console/deliveries?state=dead&position=x1&event=e9");
        assertThat(deliveries.statusCode()).isEqualTo(400);
        assertThat(deliveries.body())
                .contains(
                        "<h1>Deliveries</h1>",
                        "value=\"x1\"",
                        "value=\"e9\"",
                        "The change must be a position in the ledger",
                        "<option value=\"dead\" selected=\"selected\">");
    }

    @Test
    void anErrorLeadsBackToWhereItCameFrom() {
        rig.gateway.call("PUT", "/customers/1", "{\"id\":1}");
        rig.gateway.call("PUT", "/customers/1", "{\"id\":1,\"name\":\"Ada\"}");
        HttpResponse<String> movedOn = rig.console.get("/console/changes/1/reversal");
        assertThat(movedOn.statusCode()).isEqualTo(409);
        assertThat(movedOn.body())
                .contains(
                        "<a href=\"/console/changes/1\">Back to this change</a>",
                        "<a href=\"/console/changes\">Back to Changes</a>",
                        "Back to the overview");
        assertThat(rig.console.get("/console/changes/99").body())
                .contains("<a href=\"/console/changes\">Back to Changes</a>")
                .doesNotContain("<a href=\"/console/changes/99\">");
        assertThat(rig.console
                        .post("/console/routes/parked/skip", Map.of("route", "broken", "position", "77"))
                        .body())
                .contains("<a href=\"/console/routes/parked?route=broken\">");
        String made = ConsoleClient.location(rig.console.post(
                "/console/subscriptions", Map.of("sink", rig.receiver.address().toString())));
        String id = made.replaceAll(".*/", "");
        assertThat(rig.console
                        .post("/console/subscriptions/" + id + "/resume", Map.of("held", "drop"))
                        .body())
                .contains("<a href=\"/console/subscriptions/" + id + "\">");
    }
}
