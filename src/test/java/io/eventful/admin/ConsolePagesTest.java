package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the console shows of a gateway that has done something, and what can be done there. */
class ConsolePagesTest {

    @RegisterExtension
    static final AdminRig rig = new AdminRig(AdminRig.CUSTOMERS);

    private static final String SCRIPT = "<script>alert(1)</script>";

    private static JsonNode change(String method, String subject, String body) {
        rig.gateway.call(method, subject, body);
        JsonNode items = rig.admin
                .json("GET", "/api/changes?limit=1000&subject=" + subject, "")
                .get("items");
        return items.get(items.size() - 1);
    }

    @Test
    void aChangeIsShownAsADifferenceAndTakenBack() {
        change("PUT", "/customers/1", "{\"id\":1,\"name\":\"Ada\",\"pin\":\"4711\",\"city\":\"London\"}");
        String position = change("PUT", "/customers/1", "{\"id\":1,\"name\":\"Ada L.\",\"pin\":\"4712\"}")
                .get("position")
                .asText();
        String shown = rig.page("/console/changes/" + position);
        assertThat(shown)
                .contains("customer.updated", "&quot;Ada&quot;", "&quot;Ada L.&quot;", "/city", "removed")
                .doesNotContain("4711", "4712");

        change("PUT", "/customers/2", "{\"id\":2,\"name\":\"Grace\"}");
        String second = change("PUT", "/customers/2", "{\"id\":2,\"name\":\"Grace H.\"}")
                .get("position")
                .asText();
        int before = rig.admin.all("/api/changes").size();
        assertThat(rig.page("/console/changes/" + second + "/reversal")).contains("PUT", "/customers/2", "Grace");
        assertThat(rig.admin.all("/api/changes"))
                .as("a preview appends nothing")
                .hasSize(before);
        assertThat(rig.console.act("/console/changes/" + second + "/reversal", Map.of()))
                .contains("customer.reversed", "was reversed by this change");
        assertThat(rig.admin
                        .json("GET", "/api/state?subject=/customers/2", "")
                        .at("/state/name")
                        .asText())
                .isEqualTo("Grace");
        assertThat(rig.console
                        .post("/console/changes/" + second + "/reversal", Map.of())
                        .statusCode())
                .isEqualTo(409);
        HttpResponse<String> none = rig.console.get("/console/changes/999999");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).contains("No such change");
        assertThat(rig.console.get("/console/changes/x").statusCode()).isEqualTo(400);
    }

    @Test
    void aLargeDifferenceSaysWhatItLeavesOut() {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < 700; i++) members.append(",\"m").append(i).append("\":1");
        change("PUT", "/customers/6", "{\"id\":6}");
        String position = change("PUT", "/customers/6", "{\"id\":6" + members + "}")
                .get("position")
                .asText();
        assertThat(rig.page("/console/changes/" + position)).contains("200 more members differ");
    }

    @Test
    void theReversalOfACreateHasNoBody() {
        String position =
                change("PUT", "/customers/7", "{\"id\":7}").get("position").asText();
        assertThat(rig.page("/console/changes/" + position + "/reversal"))
                .contains("DELETE")
                .doesNotContain("Request body");
    }

    @Test
    void theLedgerIsReadFromItsEnd() {
        for (int i = 0; i < 130; i++) rig.gateway.call("PUT", "/customers/9" + i % 3, "{\"id\":9,\"n\":" + i + "}");
        Pattern row = Pattern.compile("href=\"/console/changes/(\\d+)\"");
        Pattern older = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"");
        List<Long> seen = new ArrayList<>();
        String next = "/console/changes?resource=customer";
        while (next != null) {
            String body = rig.page(next);
            row.matcher(body).results().forEach(found -> seen.add(Long.valueOf(found.group(1))));
            Matcher link = older.matcher(body);
            next = link.find() ? link.group(1).replace("&amp;", "&") : null;
        }
        List<Long> expected = rig.admin.all("/api/changes?resource=customer").stream()
                .map(each -> each.get("position").asLong())
                .toList()
                .reversed();
        // Other tests write meanwhile at most behind the page that was read first.
        assertThat(seen)
                .hasSizeGreaterThanOrEqualTo(130)
                .isEqualTo(expected.subList(expected.size() - seen.size(), expected.size()));
        assertThat(rig.page("/console/changes?subject=/customers/91"))
                .contains("/customers/91")
                .doesNotContain(">/customers/92<");
        assertThat(rig.page("/console/changes?outcome=unknown")).contains("No changes found");
    }

    @Test
    void whatOthersWroteStaysText() {
        rig.gateway.call("PUT", "/customers/5%3Cb%3E", "{\"id\":5,\"" + SCRIPT + "\":\"" + SCRIPT + "\"}");
        String position = rig.admin
                .all("/api/changes?resource=customer")
                .getLast()
                .get("position")
                .asText();
        rig.admin.subscribe(
                rig.receiver.address(), "\"types\":[\"<i>n\"],\"config\":{\"labels\":{\"a\":\"" + SCRIPT + "\"}}");
        List<String> pages = List.of(
                "/console",
                "/console/changes",
                "/console/changes/" + position,
                "/console/subscriptions",
                "/console/changes?subject=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
                "/console/deliveries?subscription=%3Cscript%3Ealert(1)%3C/script%3E",
                "/console/tail?channel=%3Cscript%3Ealert(1)%3C/script%3E",
                "/console/replays?subscription=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
        for (String path : pages) assertThat(rig.page(path)).as(path).doesNotContain("<script>alert", "<i>n");
        assertThat(rig.page("/console/changes/" + position)).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(rig.page("/console/subscriptions")).contains("&lt;i&gt;n");
        assertThat(rig.console
                        .post("/console/subscriptions", Map.of("sink", SCRIPT, "name", "\"><script>alert(1)"))
                        .body())
                .doesNotContain("<script>alert");
    }

    @Test
    void theOverviewTellsWhereItHurts() throws Exception {
        rig.gateway.call("PUT", "/broken/1", "{\"id\":1}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> rig.page("/console").contains("/console/routes/parked?route=broken"));
        assertThat(rig.page("/console/routes/parked?route=broken")).contains("/broken/1", "IllegalStateException");
        assertThat(rig.console.act("/console/routes/parked", Map.of("route", "broken", "subject", "/broken/1")))
                .contains("being retried in the background", "Parked changes of route <span>broken</span>");
        String parked = rig.admin
                .all("/api/routes/broken/parked")
                .getFirst()
                .get("position")
                .asText();
        assertThat(rig.console.act(
                        "/console/routes/parked/skip",
                        Map.of("route", "broken", "position", parked, "note", "<b>tested")))
                .as("one goes on where one was")
                .contains("Change " + parked + " was skipped", "Parked changes of route <span>broken</span>");
        assertThat(rig.page("/console/routes/parked?route=broken"))
                .contains("No parked changes", "Skipped", "&lt;b&gt;tested");
        assertThat(rig.console.get("/console/routes/parked?route=none").statusCode())
                .isEqualTo(404);
        assertThat(rig.page("/console")).contains("UP", "Generation", "customers", "artemis", "default");
        assertThat(rig.page("/console/routes")).contains("capture:/customers/{id}", "started");

        Path wrong = rig.routes.resolveSibling("wrong.yaml");
        Files.writeString(wrong, "- route: {id: wrong, from: {uri: \"nowhere:x\"}}\n");
        await().atMost(Duration.ofSeconds(20)).until(() -> rig.page("/console").contains("refused"));
        assertThat(rig.page("/console/routes")).contains("wrong.yaml:1", "nowhere");
        Files.delete(wrong);
        await().atMost(Duration.ofSeconds(20)).until(() -> !rig.page("/console").contains("refused"));
    }
}
