package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What lint takes for right and for wrong where several parts of a set have to do with each other. */
class RouteLintTest extends LintFixture {

    @Test
    void aBeanOfTheFilesMayBeCalledByAnExpression() throws IOException {
        assertThat(lint("- beans:\n    - {name: sizes, type: \"#class:java.util.ArrayDeque\"}\n"
                        + route("a", "direct:a", "- log: {message: \"${bean:sizes?method=size}\"}")
                        + route("b", "timer:b", "- to: {uri: \"direct:a\"}")))
                .isEmpty();
    }

    @Test
    void optionsThatAreTheStandardOnesContradictNone() throws IOException {
        String log = "- log: {message: x}";
        assertThat(lint(route("a", "\"capture:/a/{id}?before=ledger&laneWait=2s\"", log)
                        + route("b", "capture:/a/{x}", log)))
                .isEmpty();
    }

    @Test
    void callsElsewhereHaveTheCollectionOfTheirItems() throws IOException {
        String bulk = capture("a", "/t/{t}/bulk", "items: '#', collection: '/t/{t}/customers'");
        assertThat(lint(bulk)).isEmpty();
        assertThat(lint(bulk + capture("customers", "/t/{t}/customers/{id}", "resource: customer")))
                .isEmpty();
        assertThat(lint(capture("a", "/customers/bulk/{id}", "items: '#', collection: /customers")))
                .isEmpty();
    }

    @Test
    void aCollectionThatDoesNotFitIsNamed() throws IOException {
        String wrong = "error endpoint: \"capture:\" is not configured correctly: capture: option collection=";
        assertThat(lint(capture("a", "/bulk", "collection: /customers")))
                .containsExactly("a.yaml:5:20: " + wrong + "/customers is invalid");
        assertThat(lint(capture("a", "/t/{t}/bulk", "items: '#', collection: '/t/{tenant}/customers'")))
                .containsExactly("a.yaml:5:32: " + wrong + "/t/{tenant}/customers is invalid");
    }

    @Test
    void callsElsewhereAreOfTheSameItemsAsTheirRoute() throws IOException {
        String bulk = capture("a", "/bulk", "items: '#', collection: /customers");
        assertThat(lint(bulk + capture("customers", "/customers/{id}", "scope: X-Tenant")))
                .containsExactly("a.yaml:12:20: error conflicting-options: the items of /customers are captured with a"
                        + " different \"scope\" in a.yaml:4");
        assertThat(lint(capture("a", "/customers/{id}", "")
                        + bulk.replace("id: a", "id: b").replace("'#'", "'#', scope: X-Tenant")))
                .containsExactly("a.yaml:12:32: error conflicting-options: the items of /customers are captured with a"
                        + " different \"scope\" in a.yaml:4");
        assertThat(lint(bulk + capture("imports", "/imports", "items: '#/all', collection: /customers")))
                .containsExactly("a.yaml:12:20: error conflicting-options: the items of /customers are captured with a"
                        + " different \"items\" in a.yaml:4");
        assertThat(lint(bulk
                        + capture("imports", "/imports", "items: '#/all', collection: /customers")
                        + capture("customers", "/customers/{id}", "")))
                .isEmpty();
        assertThat(lint(bulk + capture("own", "/bulk/{id}", "")))
                .containsExactly(
                        "a.yaml:11:12: error conflicting-options: the calls at /bulk are captured in a.yaml:4, too");
    }

    @Test
    void webhooksAtOnePathAreReceivedInOneWay() throws IOException {
        String log = "- log: {message: x}";
        String first = route("a", "\"webhook-in:/in?provider=github&secret={{s:x}}\"", log);
        assertThat(lint(first + route("b", "\"webhook-in:/in/?provider=github&secret={{s:x}}\"", log)))
                .isEmpty();
        assertThat(lint(first + route("b", "\"webhook-in:/in/?provider=github&secret={{s:y}}\"", log)))
                .containsExactly(
                        "a.yaml:10:45: error conflicting-options: webhooks at /in are received with a different"
                                + " \"secret\" in a.yaml:4");
    }

    @Test
    void addressesInAConstantListAreAddresses() throws IOException {
        assertThat(lint(route(
                                "a",
                                "capture:/a/{id}",
                                "- transformDataType: {toType: \"event:state\"}",
                                "- recipientList: {expression: {constant: {expression: \"channel:one,chanel:two\"}}}")
                        + route("one", "channel:one", "- to: {uri: \"subscribers:one\"}")))
                .containsExactly("a.yaml:7:63: error unknown-component: there is no component \"chanel\"");
    }

    @Test
    void theAddressOfADeadLetterChannelIsWrittenTo() throws IOException {
        assertThat(lint("""
                        - errorHandler:
                            deadLetterChannel: {deadLetterUri: "channel:failed", useOriginalMessage: "true"}
                        """
                        + route("a", "timer:a", "- log: {message: x}")
                        + route("failed", "channel:failed", "- to: {uri: \"subscribers:failed\"}")))
                .isEmpty();
    }

    @Test
    void aDataTypeMayComeFromTheConfigurationOrATemplate() throws IOException {
        String template = """
            - routeTemplate:
                id: telling
                parameters: [{name: pattern, required: true}]
                from:
                  uri: "capture:/{{pattern}}s/{id}"
                  steps:
                    - transformDataType: {toType: "event:{{pattern}}"}
                    - to: {uri: "channel:a"}
            - templatedRoute:
                routeId: b
                routeTemplateRef: telling
                parameters: [{name: pattern, value: %s}]
            """;
        String configured = route(
                        "a",
                        "capture:/a/{id}",
                        "- transformDataType: {toType: \"event:{{my.pattern}}\"}",
                        "- to: {uri: \"channel:a\"}")
                + route("r", "channel:a", "- to: {uri: \"subscribers:a\"}");
        configuration.put("my.pattern", "state");
        assertThat(lint(configured + template.formatted("change"))).isEmpty();
        assertThat(lint(configured + template.formatted("chance")))
                .singleElement()
                .asString()
                .contains("error route: in place of event:{{pattern}}: there is no data type \"event:chance\"");
        configuration.put("my.pattern", "stat");
        assertThat(lint(configured))
                .contains("a.yaml:6:39: error route: in place of event:{{my.pattern}}: there is no data type"
                        + " \"event:stat\"");
    }

    @Test
    void aSubscriptionMayAskForATypeThatAStepMakes() throws IOException {
        configuration.put(
                "eventful.subscriptions.file",
                Files.writeString(folder.resolve("subscriptions.yaml"), """
                    subscriptions: {s: {sink: "https://x.example/", types: [cart.line]}}
                    """).toString());
        String own = "- setBody: {expression: {simple: {expression: '{\"specversion\":\"1.0\",\"id\":\"${exchangeId}\","
                + "\"source\":\"/a\",\"type\":\"cart.line\"}'}}}";
        String read = route("r", "channel:a", "- to: {uri: \"subscribers:a\"}");
        String write = "- to: {uri: \"channel:a\"}";
        String type = "- setProperty: {name: event.type, expression: {constant: {expression: cart.line}}}";
        String state = "- transformDataType: {toType: \"event:state\"}";
        assertThat(lint(route("a", "capture:/carts/{id}", own, write) + read)).isEmpty();
        assertThat(lint(route("a", "capture:/carts/{id}", type, state, write) + read))
                .isEmpty();
        assertThat(lint(route("a", "capture:/carts/{id}", state, write) + read))
                .singleElement()
                .asString()
                .contains("unknown-event-type");
    }

    @Test
    void branchesOfALoadBalancerDoNotFollowEachOther() throws IOException {
        String read = route("r", "channel:a", "- to: {uri: \"subscribers:a\"}");
        String balanced = route(
                "a",
                "capture:/a/{id}",
                "- loadBalance: {roundRobinLoadBalancer: {}, steps: [{to: {uri: \"direct:l1\"}}, {to: {uri:"
                        + " \"direct:l2\"}}]}");
        String last = "- to: {uri: \"channel:a\"}";
        String first = route("l1", "direct:l1", "- transformDataType: {toType: \"event:state\"}", last);
        assertThat(lint(balanced
                        + first
                        + route("l2", "direct:l2", "- transformDataType: {toType: \"event:notification\"}", last)
                        + read))
                .isEmpty();
        assertThat(lint(balanced + first + route("l2", "direct:l2", last) + read))
                .singleElement()
                .asString()
                .contains("not-rendered");
    }

    @Test
    void stepsOfACatchClauseAreChecked() throws IOException {
        assertThat(lint(route(
                                "a",
                                "capture:/a/{id}",
                                "- doTry: {steps: [{to: {uri: \"mock:a\"}}], doCatch: [{exception:"
                                        + " [java.lang.Exception], steps: [{transformDataType: {toType: \"event:state\"}},"
                                        + " {transformDataType: {toType: \"event:change\"}}, {to: {uri:"
                                        + " \"channel:a\"}}]}]}")
                        + route("r", "channel:a", "- to: {uri: \"subscribers:a\"}")))
                .singleElement()
                .asString()
                .contains("rendered-twice");
    }
}
