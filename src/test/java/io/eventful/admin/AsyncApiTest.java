package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.catalog.Catalog.Server;
import io.eventful.channel.BrokerSettings;
import io.eventful.harness.AdminClient;
import io.eventful.harness.AsyncApiSchema;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** {@code /asyncapi.json} of a running rig.gateway. */
class AsyncApiTest {

    private static final String ROUTES = """
        - route:
            id: customers
            from:
              uri: capture:/customers/{id}
              parameters: {resource: customer, actions: block}
              steps:
                - multicast:
                    steps:
                      - to: {uri: "direct:short"}
                      - pipeline:
                          steps:
                            - transformDataType: {toType: "event:change?split=true"}
                            - to: {uri: "channel:customers"}
                - choice:
                    when:
                      - simple: "${body.action} == 'deleted'"
                        steps:
                          - transformDataType: {toType: "event:state"}
                          - to: {uri: "channel:gone"}
        - route:
            id: short
            from:
              uri: direct:short
              steps:
                - transformDataType: {toType: "event:notification"}
                - to: {uri: "channel:customers"}
        - route:
            id: everything
            from:
              uri: capture:/**
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "channel:events"}
        - route:
            id: hooks
            from:
              uri: webhook-in:/hooks/github
              parameters: {provider: github, secret: a-secret-of-the-route}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "channel:events"}
        - route:
            id: customers-subscribers
            from:
              uri: channel:customers
              steps:
                - to: {uri: "subscribers:customers"}
        - route:
            id: gone-subscribers
            from:
              uri: channel:gone
              steps:
                - to: {uri: "subscribers:gone"}
        """;

    @RegisterExtension
    static final AdminRig rig = new AdminRig(
            ROUTES,
            "eventful.broker.artemis.protocols.amqp",
            "127.0.0.1:0",
            "eventful.broker.artemis.user",
            "reader",
            "eventful.broker.artemis.password",
            "a-password-of-the-broker",
            "eventful.channels.channels.gone.destination",
            "crm.gone");

    @Test
    void itTellsWhatTheRunningRoutesTell() throws Exception {
        JsonNode document = rig.gateway.admin("GET", "/asyncapi.json", "");
        assertThat(AsyncApiSchema.errors(document)).isEmpty();
        assertThat(document.toString()).doesNotContain("a-password-of-the-broker", "a-secret-of-the-route", "reader");
        assertThat(names(document.at("/servers"))).containsExactlyInAnyOrder("artemis-amqp", "subscribers");
        assertThat(names(document.at("/channels")))
                .containsExactlyInAnyOrder("customers", "customers.webhooks", "events", "gone", "gone.webhooks");
        assertThat(document.at("/channels/gone/address").asText()).isEqualTo("crm.gone");
        assertThat(document.at("/channels/gone.webhooks/address").isNull()).isTrue();

        List<String> types = List.of("block", "created", "deleted", "drifted", "reversed", "updated");
        Set<String> expected = new TreeSet<>();
        for (String type : types)
            for (String rendering : List.of("change", "notification"))
                expected.add("artemis.customer." + type + "." + rendering);
        assertThat(names(document.at("/channels/customers/messages"))).isEqualTo(expected);
        assertThat(names(document.at("/channels/gone/messages")))
                .isEqualTo(new TreeSet<>(types.stream()
                        .map(type -> "artemis.customer." + type + ".state")
                        .toList()));
        assertThat(names(document.at("/channels/events/messages")))
                .contains("artemis.any.created.state", "artemis.github.any.state")
                .hasSize(6);
        assertThat(names(document.at("/channels/customers.webhooks/messages"))).hasSize(12);

        assertThat(names(document.at("/operations")))
                .containsExactlyInAnyOrder(
                        "publish.customers",
                        "consume.customers",
                        "deliver.customers",
                        "publish.events",
                        "publish.gone",
                        "consume.gone",
                        "deliver.gone");
        assertThat(document.at("/operations/publish.customers/summary").asText())
                .contains("customers, short");

        Files.writeString(rig.routes, """
            - route:
                id: orders
                from:
                  uri: capture:/orders/{id}
                  steps:
                    - transformDataType: {toType: "event:change-object"}
                    - to: {uri: "channel:orders"}
            """);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> rig.gateway
                                .admin("GET", "/asyncapi.json", "")
                                .get("x-generation")
                                .asLong()
                        == 2);
        JsonNode next = rig.gateway.admin("GET", "/asyncapi.json", "");
        assertThat(AsyncApiSchema.errors(next)).isEmpty();
        assertThat(names(next.at("/channels"))).containsExactly("orders");
        assertThat(names(next.at("/components/schemas"))).containsExactly("change-object");
        assertThat(names(next.at("/channels/orders/messages"))).contains("artemis.orders.created.change-object");
        assertThat(new AdminClient(rig.gateway.adminAddress(), "not-the-key")
                        .call("GET", "/asyncapi.json", "")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void brokersAreNamedWithoutWhatOpensThem() {
        BrokerSettings far = settings(Map.of(
                "eventful.broker.artemis.url",
                "(tcp://user:word@a:61616?trustStorePassword=word,tcp://b:61617;password=word)?ha=true",
                "eventful.broker.kafka.bootstrap-servers",
                "k1:9092, k2:9093",
                "eventful.broker.kafka.properties.sasl.jaas.config",
                "word"));
        assertThat(BrokerServers.artemis(far.artemis()))
                .extracting(Server::name, Server::host, Server::protocol)
                .containsExactly(tuple("artemis-1", "a:61616", "jms"), tuple("artemis-2", "b:61617", "jms"));
        assertThat(BrokerServers.kafka(far.kafka()))
                .extracting(Server::name, Server::host)
                .containsExactly(tuple("kafka-1", "k1:9092"), tuple("kafka-2", "k2:9093"));
        assertThat(BrokerServers.artemis(settings(Map.of()).artemis()))
                .extracting(Server::host)
                .containsExactly("embedded.invalid");
        assertThat(BrokerServers.artemis(settings(Map.of(
                                "eventful.broker.artemis.acceptor", "tcp://127.0.0.1:61616",
                                "eventful.broker.artemis.user", "user",
                                "eventful.broker.artemis.password", "word"))
                        .artemis()))
                .extracting(Server::host)
                .containsExactly("127.0.0.1:61616");
    }

    private static BrokerSettings settings(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("eventful.broker", BrokerSettings.class);
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
