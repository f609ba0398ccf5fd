package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest extends ExplainFixture {

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

    @ParameterizedTest
    @ValueSource(strings = {"X-Tenant: a:b=c", "X-Tenant:a:b=c", "X-Tenant=a:b=c"})
    void aFieldEndsItsNameWithAColonOrAnEqualsSign(String field) {
        assertThat(explain("PUT", "/customers/42", "--header", field)
                        .at("/capture/scope")
                        .asText())
                .isEqualTo("a:b=c");
    }

    @Test
    void routesThatAreRefusedAreToldWithTheirLines() throws IOException {
        Files.writeString(routes.resolve("wrong.yaml"), "- route: {id: wrong, from: {uri: \"nowhere:x\"}}\n");
        assertThat(run("PUT", "/customers/42")).isEqualTo(CommandErrorHandler.FAILED);
        assertThat(err.toString())
                .contains("wrong.yaml:1", "eventful: a gateway does not load these routes")
                .doesNotContain("shows the lines");
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
}
