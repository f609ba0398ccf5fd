package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route publishes under a source of its own is one delivery, with what its subscriber saw and the gateway knows. */
class StrangersDeliveriesTest extends TestFileFixture {

    private static final String ROUTES = """
        - route:
            id: orders
            from:
              uri: capture:/orders/{id}
              steps:
                - setBody:
                    simple: '{"specversion":"1.0","id":"ID","source":"/shop","type":"order.placed","subject":"/orders/1","data":{"n":1}}'
                - to: {uri: "channel:orders"}
        - route:
            id: orders-subscribers
            from:
              uri: channel:orders
              steps:
                - to: {uri: "subscribers:orders"}
        """;

    private static final String TEST = """
        routes: [orders.yaml]
        tests:
          - name: a stranger's event
            given:
              upstream: [{when: {method: PUT, path: /orders/1}, reply: {status: 201, json: {id: 1}}}]
              subscribers: [{name: shop, channel: orders, config: {contentmode: MODE}, answers: [500, 204]}]
            when: {method: PUT, path: /orders/1, json: {id: 1}}
            then:
              deliveries: [{subscriber: shop, channel: orders, type: order.placed, state: delivered, attempts: [{status: 500, reason: status-500}, {status: 204}]}]
        """;

    @ParameterizedTest
    @ValueSource(strings = {"1", "order.1", "ö"})
    void inBinaryMode(String id) throws IOException {
        passes(id, "binary");
    }

    @Test
    void inStructuredMode() throws IOException {
        passes("1", "structured");
    }

    private static void passes(String id, String mode) throws IOException {
        Files.writeString(folder.resolve("orders.yaml"), ROUTES.replace("ID", id));
        CaseResult result = run(TEST.replace("MODE", mode));
        assertThat(result.passed()).as(ConsoleReport.text(result)).isTrue();
    }
}
