package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.routes.LiveGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of whatever is not simply a write of an item that a route captures. */
class ExplainOthersTest extends ExplainFixture {

    @Test
    void othersWhoAnswerAreTold() throws IOException {
        Files.writeString(routes.resolve("others.yaml"), OTHERS);
        JsonNode hook = explain("POST", "/hooks/github");
        assertThat(hook.path("servedBy").asText()).isEqualTo("webhook-in");
        assertThat(hook.at("/events/0").asText()).isEqualTo("github.*");
        assertThat(hook.has("upstream")).isFalse();
        assertThat(explain("GET", "/hello/ada").path("servedBy").asText()).isEqualTo("rest");
        assertThat(explain("PUT", "/hello/ada").path("reason").asText()).contains("no route for PUT");
        assertThat(explain("PUT", "/.eventful/x").path("servedBy").asText()).isEqualTo("gateway");
        // The most specific template wins, and the canonical path is matched.
        assertThat(explain("PUT", "/cust%6Fmers//42/").at("/capture/template").asText())
                .isEqualTo("/customers/{id}");
        assertThat(explain("PUT", "/customers/42/lines/1")
                        .at("/capture/template")
                        .asText())
                .isEqualTo("/**");
    }

    @Test
    void aViewThatAnswersReadsIsTold() throws IOException {
        Files.writeString(
                routes.resolve("customers.yaml"),
                CUSTOMERS.replace("resource: customer,", "resource: customer, queries: \"view:customers\","));
        JsonNode read = explain("GET", "/customers/1");
        assertThat(read.path("servedBy").asText()).isEqualTo("view");
        assertThat(read.path("name").asText()).isEqualTo("customers");
    }

    @Test
    void theChangesOfACallOnSeveralItemsGoToTheRoutesOfTheItems() throws IOException {
        Files.writeString(routes.resolve("bulk.yaml"), """
            - route:
                id: bulk
                from:
                  uri: capture:/bulk/customers
                  parameters: {items: "#", collection: /customers, scope: X-Tenant}
                  steps: [{log: {message: "never run"}}]
            """);
        JsonNode explained = explain("PUT", "/bulk/customers");
        assertThat(explained.at("/capture/template").asText()).isEqualTo("/bulk/customers");
        assertThat(explained.at("/capture/collection").asText()).isEqualTo("/customers");
        assertThat(explained.at("/routes/0/id").asText()).isEqualTo("customers");
        assertThat(explained.path("notes").toString()).contains("The route bulk captures the call");
        assertThat(explain("DELETE", "/bulk/customers").path("notCapturedBy").toString())
                .contains("DELETE at the path of a call on several items is not captured");
    }

    @Test
    void noPasswordOfAnAddressIsShown() throws IOException {
        Files.writeString(
                routes.resolve("customers.yaml"),
                CUSTOMERS.replace(
                        "- to: {uri: \"direct:vip\"}",
                        "- to: {uri: \"http://bob:hidden-1@crm.example/hook?authPassword=hidden-2\"}\n"
                                + "                  - recipientList: {expression: {header: {expression: whereTo}}}\n"
                                + "                  - to: {uri: \"direct:vip\"}"));
        assertThat(run("PUT", "/customers/1")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("@crm.example/hook", "whereTo").doesNotContain("hidden");
        assertThat(explain("PUT", "/customers/1").toString()).doesNotContain("hidden");
    }

    @Test
    void routesThatDoNotStartByThemselvesAreLeftOut() throws IOException {
        Files.writeString(
                routes.resolve("customers.yaml"),
                CUSTOMERS.replace("id: customers\n", "id: customers\n    autoStartup: false\n"));
        JsonNode explained = explain("PUT", "/customers/1");
        assertThat(explained.path("servedBy").asText()).isEqualTo("upstream");
        assertThat(explained.path("notes").toString()).contains("do not start by themselves", "customers");
    }

    @Test
    void faultyFilesAreTold() throws IOException {
        Files.writeString(folder.resolve("subscriptions.yaml"), SUBSCRIPTIONS.replace("types:", "tpyes:"));
        JsonNode explained = explain("PUT", "/customers/1");
        assertThat(explained.path("subscriptions").isEmpty()).isTrue();
        assertThat(explained.path("notes").toString())
                .contains(folder.resolve("subscriptions.yaml") + ":4:5: error subscription: /subscriptions/crm/tpyes");
        Files.writeString(folder.resolve("subscriptions.yaml"), "subscriptions:\n  crm: {}\n  crm: {}\n");
        assertThat(explain("PUT", "/customers/1").path("notes").toString())
                .contains("one of them. ./eventful lint shows all.");
        Files.writeString(routes.resolve("bad.yaml"), CUSTOMERS.replace("choice:", "chioce:"));
        assertThat(run("PUT", "/customers/1")).isOne();
        assertThat(err.toString()).contains("bad.yaml:9:11: error unknown-step", "did you mean \"choice\"?");
    }

    /** A gateway with the same routes captures a request if, and only if, it is said to, and as what is said. */
    @Test
    void aGatewayDoesWhatIsExplained() throws Exception {
        Files.writeString(
                routes.resolve("customers.yaml"), CUSTOMERS.replace(", scope: X-Tenant", ", success: \"200-299,404\""));
        List<String> calls = List.of(
                "PUT /customers/1",
                "PUT /customers//1/",
                "PUT /customer/1",
                "PATCH /customers",
                "POST /customers/1",
                "POST /customers/1/ship",
                "POST /customers/1/cancel",
                "GET /customers/1",
                "DELETE /customers/1");
        try (LiveGateway gateway = new LiveGateway(folder.resolve("data"), routes, Map.of())) {
            long known = 0;
            for (String call : calls) {
                String[] words = call.split(" ");
                gateway.call(words[0], words[1], "{\"n\": " + calls.indexOf(call) + "}");
                JsonNode changes =
                        gateway.admin("GET", "/api/changes?after=" + known, "").path("items");
                JsonNode explained = explain(words);
                assertThat(explained.path("servedBy").asText().equals("capture"))
                        .as(call)
                        .isEqualTo(!changes.isEmpty());
                if (changes.isEmpty()) continue;
                // A drift before it is of no call.
                JsonNode change = changes.get(changes.size() - 1);
                known += changes.size();
                assertThat(explained.path("events").toString())
                        .as(call)
                        .contains("\"" + change.path("type").asText() + "\"");
                assertThat(explained.at("/capture/subject").asText())
                        .isEqualTo(change.path("subject").asText());
                assertThat(explained.at("/capture/source").asText())
                        .isEqualTo(change.path("source").asText());
            }
            assertThat(known).isEqualTo(5);
        }
    }

    @Test
    void aRequestThatTheGatewayRefusesIsAMistake() {
        assertThat(run("PUT", "customers")).isEqualTo(2);
        assertThat(run("P UT", "/customers")).isEqualTo(2);
        assertThat(run("PUT", "/a b")).isEqualTo(2);
        assertThat(run("PUT", "/a", "--host", "a b")).isEqualTo(2);
        assertThat(run("PUT", "/a", "--status", "99")).isEqualTo(2);
        assertThat(run("PUT", "/a", "--header", "x")).isEqualTo(2);
        assertThat(run("PUT", "/a", "--routes", folder.resolve("none").toString()))
                .isEqualTo(2);
    }

    @Test
    void aRouteFromATemplateIsToldLikeAnother() throws IOException {
        Files.writeString(routes.resolve("zoo.yaml"), """
            - routeTemplate:
                id: publish
                parameters: [{name: res}]
                from:
                  uri: "capture:/{{res}}/{id}"
                  steps:
                    - transformDataType: {toType: "event:state"}
                    - to: {uri: "channel:{{res}}"}
                    - to: {uri: "view:{{res}}", parameters: {access: open}}
            - templatedRoute:
                routeId: zoo
                routeTemplateRef: publish
                parameters: [{name: res, value: cats}]
            """);
        JsonNode explained = explain("PUT", "/cats/1");
        assertThat(explained.at("/capture/template").asText()).isEqualTo("/cats/{id}");
        assertThat(explained.toString()).contains("\"cats\"").doesNotContain("{{");
    }
}
