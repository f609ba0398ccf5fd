package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The command, with routes, upstreams and declared subscriptions. */
abstract class ExplainFixture {

    static final String CUSTOMERS = """
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

    static final String OTHERS = """
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

    static final String SUBSCRIPTIONS = """
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

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private Level level;

    @TempDir
    Path folder;

    Path routes;
    Path config;

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

    int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("explain", "--config", config.toString()));
        all.addAll(List.of(arguments));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    JsonNode explain(String... arguments) {
        out.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        assertThat(run(all.toArray(String[]::new))).as(err.toString()).isZero();
        return Json.parse(out.toString());
    }

    static JsonNode named(JsonNode list, String name) {
        for (JsonNode each : list) if (each.path("name").asText().equals(name)) return each;
        throw new AssertionError(name + " is not in " + list);
    }
}
