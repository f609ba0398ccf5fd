package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Json;
import io.eventful.routes.LiveGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class ExplainCommandTest {

    private static final String CUSTOMERS = """
        - route:
            id: customers
            from:
              uri: capture:/customers/{id}
              parameters: {resource: customer, actions: ship, redact: /ssn, scope: X-Tenant}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "channel:customers"}
                - choice:
                    when:
                      - expression: {simple: {expression: "${body.subject} == '/customers/1'"}}
                        steps:
                          - to: {uri: "direct:vip"}
        - route:
            id: vip
            from:
              uri: direct:vip
              steps:
                - to: {uri: "channel:vip"}
        - route:
            id: customers-subscribers
            from:
              uri: channel:customers
              steps:
                - to: {uri: "subscribers:customers"}
                - to: {uri: "view:customers"}
        - route:
            id: vip-subscribers
            from:
              uri: channel:vip
              steps:
                - filter: {expression: {simple: {expression: "${body.type} == 'x'"}}, steps: [{stop: {}}]}
                - to: {uri: "subscribers:vip"}
        """;

    private static final String OTHERS = """
        - route:
            id: others
            from:
              uri: capture:/**
              steps:
                - transformDataType: {toType: "event:notification"}
                - to: {uri: "channel:others"}
        - route:
            id: others-subscribers
            from:
              uri: channel:others
              steps:
                - to: {uri: "subscribers:others"}
        - route:
            id: hooks
            from:
              uri: webhook-in:/hooks/github
              parameters: {provider: github, secret: "{{env:NOT_SET_HERE:none}}"}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "channel:others"}
        - rest:
            path: /hello
            get: [{path: "/{name}", to: "direct:hello"}]
        - route:
            id: hello
            from:
              uri: direct:hello
              steps: [{setBody: {expression: {constant: {expression: hello}}}}]
        """;

    private static final String SUBSCRIPTIONS = """
        subscriptions:
          crm:
            sink: https://crm.example/hook?token=not-to-be-shown
            types: [customer.updated, customer.created]
            config: {channel: customers}
          vip:
            sink: https://vip.example/hook
            filters: [{data: {state: {vip: [true]}}}]
            config: {channel: customers}
          updates:
            sink: https://updates.example/hook
            types: [customer.updated]
            filters: [{prefix: {subject: /customers/}}]
            sinkcredential: {credentialtype: PLAIN, identifier: bob, secret: "${env:NOT_SET_HERE}"}
          orders:
            sink: https://orders.example/hook
            types: [order.created]
        """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private Level level;

    @TempDir
    Path folder;

    private Path routes;
    private Path config;

    @BeforeEach
    void write() throws IOException {
        level = root.getLevel();
        routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("customers.yaml"), CUSTOMERS);
        Path subscriptions = Files.writeString(folder.resolve("subscriptions.yaml"), SUBSCRIPTIONS);
        config = Files.writeString(folder.resolve("application.yaml"), """
            eventful:
              routes: {directory: '%s'}
              subscriptions: {file: '%s'}
              upstreams:
                default: {url: "http://main.example:9000"}
                crm: {url: "https://crm.example/base"}
              edge:
                routes:
                  - {path: /crm, upstream: crm, strip-prefix: true}
                  - {host: crm.gateway.example, upstream: crm}
            """.formatted(routes, subscriptions));
    }

    /** The command silences the log. */
    @AfterEach
    void restore() {
        root.setLevel(level);
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("explain", "--config", config.toString()));
        all.addAll(List.of(arguments));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private JsonNode explain(String... arguments) {
        out.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        assertThat(run(all.toArray(String[]::new))).as(err.toString()).isZero();
        return Json.parse(out.toString());
    }

    private static JsonNode named(JsonNode list, String name) {
        for (JsonNode each : list) if (each.path("name").asText().equals(name)) return each;
        throw new AssertionError(name + " is not in " + list);
    }

    @Test
    void aCapturedWriteIsFollowedToItsSubscribers() {
        assertThat(run("PUT", "/customers/42", "--header", "X-Tenant: acme"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains(
                        "default: http://main.example:9000/customers/42",
                        "customers (" + routes.resolve("customers.yaml") + ":1)",
                        "/customers/{id} (put)",
                        "/customers/42, scope acme, resource customer",
                        "guarantee intent, success 200-299, scope X-Tenant, redact /ssn",
                        "customer.updated, or customer.created if the item was not there before",
                        "customers -> channel:customers (event:state)\n",
                        "vip -> channel:vip (event:state)\n             depends on when ${body.subject} =="
                                + " '/customers/1' (" + routes.resolve("customers.yaml") + ":10)",
                        "customers-subscribers -> subscribers:customers (event:state)\n",
                        "customers-subscribers -> view:customers",
                        "crm (" + folder.resolve("subscriptions.yaml") + ":2, https://crm.example): yes",
                        "https://orders.example): no, because of its types")
                .doesNotContain("not-to-be-shown", "X-Tenant, which");
    }

    @Test
    void whatIsDecidedAtRuntimeIsSaidToBe() {
        JsonNode explained = explain("PUT", "/customers/42");
        assertThat(explained.path("servedBy").asText()).isEqualTo("capture");
        JsonNode vip = named(explained.path("steps"), "vip");
        assertThat(vip.path("dependsOn").get(0).asText()).startsWith("when ${body.subject} == '/customers/1'");
        JsonNode webhooks = explained.path("steps").get(explained.path("steps").size() - 1);
        assertThat(webhooks.path("route").asText()).isEqualTo("vip-subscribers");
        assertThat(webhooks.path("dependsOn").get(0).asText())
                .startsWith("what comes to channel:vip and not ended by filter ${body.type} == 'x'");
        JsonNode subscriptions = explained.path("subscriptions");
        assertThat(named(subscriptions, "crm").path("receives").asText()).isEqualTo("yes");
        assertThat(named(subscriptions, "vip").path("receives").asText()).isEqualTo("depends");
        // The item may not have been there.
        assertThat(named(subscriptions, "updates").path("receives").asText()).isEqualTo("depends");
        assertThat(named(subscriptions, "orders").path("receives").asText()).isEqualTo("no");
        assertThat(named(explain("POST", "/customers/42/ship").path("subscriptions"), "crm")
                        .path("receives")
                        .asText())
                .isEqualTo("no");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        GET,    /customers/42,        GET is not a write
        put,    /customers/42,        'in upper case'
        PUT,    /customer/42,         'segment 1 of the path is "customer", not "customers"'
        PUT,    /customers/42/lines,  'the path goes on with "lines"'
        PUT,    /customers,           'the path is the collection of its items, and PUT on a collection'
        POST,   /customers/42,        'a POST to an item is captured only as an action'
        POST,   /customers/42/cancel, '"cancel" is not one of its actions: ship'
        """)
    void whyNoRouteCapturesItIsTold(String method, String path, String reason) {
        assertThat(run(method, path)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("it is passed on unchanged", "none: ", reason);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        PUT,  /customers/42, 404, 'status 404 is not one of success: 200-299', ''
        PUT,  /customers/42, 202, 'status 202 means accepted', ''
        PUT,  /customers/42, 201, '', customer.created
        PUT,  /customers/42, 200, '', customer.updated
        POST, /customers,    201, '', customer.created
        POST, /else,         200, 'only with status 201', ''
        POST, /else,         201, '', '*.created'
        """)
    void theStatusOfTheReplyDecides(String method, String path, String status, String reason, String event)
            throws IOException {
        Files.writeString(routes.resolve("others.yaml"), OTHERS);
        JsonNode explained = explain(method, path, "--status", status);
        assertThat(explained.path("reason").asText()).contains(reason);
        assertThat(explained.at("/events/0").asText()).isEqualTo(event);
        assertThat(explained.path("steps").isEmpty()).isEqualTo(event.isEmpty());
    }

    @Test
    void theEntryOfTheEdgesRoutesIsTold() {
        assertThat(explain("GET", "/crm/items?a=b").path("upstream").toString())
                .isEqualTo("{\"name\":\"crm\",\"route\":{\"index\":0,\"path\":\"/crm\",\"host\":null,"
                        + "\"stripPrefix\":true},\"urls\":[\"https://crm.example/base/items?a=b\"]}");
        JsonNode captured = explain("PUT", "/customers/1", "--host", "crm.gateway.example");
        assertThat(captured.at("/upstream/urls/0").asText()).isEqualTo("https://crm.example/base/customers/1");
        assertThat(captured.at("/upstream/route/index").asInt()).isOne();
        assertThat(captured.at("/capture/source").asText()).isEqualTo("/upstreams/crm");
        assertThat(explain("PUT", "/customers/1", "--header", "host: crm.gateway.example")
                        .at("/upstream/name")
                        .asText())
                .isEqualTo("crm");
    }

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
                JsonNode change = changes.get(0);
                known += changes.size();
                assertThat(explained.path("events").toString())
                        .as(call)
                        .contains("\"" + change.path("type").asText() + "\"");
                assertThat(explained.at("/capture/subject").asText())
                        .isEqualTo(change.path("subject").asText());
                assertThat(explained.at("/capture/source").asText())
                        .isEqualTo(change.path("source").asText());
            }
            assertThat(known).isEqualTo(4);
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
}
