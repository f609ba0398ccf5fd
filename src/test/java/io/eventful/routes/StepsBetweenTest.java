package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.channel.Channels;
import io.eventful.event.Event;
import io.eventful.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What steps between a rendering and its channel may do to an event, as it is published and delivered in the end. */
class StepsBetweenTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String ROUTES = """
        - beans:
            - name: shout
              type: "#class:io.eventful.routes.StepsBetweenTest$Shout"
        - route:
            id: properties
            from:
              uri: capture:/a/{id}
              parameters: {resource: a}
              steps:
                - transformDataType: {toType: "event:state"}
                - setProperty: {name: event.type, expression: {simple: {expression: "crm.${body.data[action]}"}}}
                - setProperty: {name: event.subject, expression: {jsonpath: {expression: "$.data.state.ref", resultType: String}}}
                - to: {uri: "channel:steps"}
        - route:
            id: json
            from:
              uri: capture:/b/{id}
              parameters: {resource: b}
              steps:
                - transformDataType: {toType: "event:state"}
                - setVariable: {name: slim, expression: {jsonpath: {expression: "$.data.state.name", resultType: String}}}
                - setBody:
                    expression:
                      simple:
                        expression: '{"specversion":"1.0","id":"b-${body.revision}","source":"${body.source}","type":"b.slim","subject":"${body.subject}","pattern":"state","data":{"name":"${variable.slim}"}}'
                - to: {uri: "channel:steps"}
        - route:
            id: java
            from:
              uri: capture:/c/{id}
              parameters: {resource: c}
              steps:
                - transformDataType: {toType: "event:state"}
                - bean: {ref: shout, method: loud}
                - to: {uri: "channel:steps"}
        - route:
            id: broken
            from:
              uri: capture:/d/{id}
              parameters: {resource: d}
              steps:
                - setBody: {expression: {constant: {expression: "hello"}}}
                - to: {id: publish-it, uri: "channel:steps"}
        - route:
            id: many
            from:
              uri: capture:/e/{id}
              parameters: {resource: e}
              steps:
                - multicast:
                    steps:
                      - pipeline:
                          steps:
                            - transformDataType: {toType: "event:notification"}
                            - to: {uri: "channel:many"}
                      - pipeline:
                          steps:
                            - transformDataType: {toType: "event:state"}
                            - to: {uri: "channel:many"}
                      - pipeline:
                          steps:
                            - transformDataType: {toType: "event:change"}
                            - to: {uri: "channel:many"}
        - route:
            id: many-subscribers
            from:
              uri: channel:many
              steps:
                - to: {uri: "subscribers:many"}
        """;

    @TempDir
    static Path folder;

    private static LiveGateway gateway;
    private static final List<Event> EVENTS = new CopyOnWriteArrayList<>();

    /** A bean of the operator's. */
    public static final class Shout {
        public Event loud(Event event) {
            byte[] loud = "{\"loud\":true}".getBytes(StandardCharsets.UTF_8);
            return event.withType("c.loud").withSubject("/loud").withData(loud);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve("steps.yaml"), ROUTES);
        gateway = new LiveGateway(folder.resolve("data"), routes, Map.of("eventful.capture.retry.attempts", "1"));
        gateway.bean(Channels.class).consume("steps", "test", event -> {
            EVENTS.add(event);
            return CompletableFuture.completedFuture(null);
        });
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Event published(String path, String body) {
        int before = EVENTS.size();
        assertThat(gateway.call("PUT", path, body).statusCode()).isBetween(200, 201);
        await().atMost(PATIENCE).until(() -> EVENTS.size() > before);
        return EVENTS.getLast();
    }

    @Test
    void propertiesBySimpleAndJsonPathReplaceTypeAndSubject() {
        Event event = published("/a/1", "{\"ref\":\"/crm/7\"}");
        assertThat(event.type()).isEqualTo("crm.created");
        assertThat(event.subject()).isEqualTo("/crm/7");
        assertThat(event.extensions()).containsEntry("partitionkey", "/crm/7").containsEntry("revision", "1");
    }

    @Test
    void simpleAndJsonPathMakeOtherData() {
        Event event = published("/b/1", "{\"name\":\"Ada\",\"secret\":\"s\"}");
        assertThat(event.type()).isEqualTo("b.slim");
        assertThat(event.subject()).isEqualTo("/b/1");
        assertThat(new String(event.data(), StandardCharsets.UTF_8)).isEqualTo("{\"name\":\"Ada\"}");
    }

    @Test
    void aBeanMayChangeAllThree() {
        Event event = published("/c/1", "{}");
        assertThat(event.type()).isEqualTo("c.loud");
        assertThat(event.subject()).isEqualTo("/loud");
        assertThat(EventJson.tree(event).at("/data/loud").asBoolean()).isTrue();
        assertThat(event.id()).startsWith("evt_");
    }

    @Test
    void whatIsNoEventNamesRouteAndStep() {
        gateway.call("PUT", "/d/1", "{}");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gateway.admin("GET", "/api/routes/broken/parked", "")
                                .toString())
                        .contains("route broken, step publish-it at ", ".yaml:", "transformDataType"));
    }

    @Test
    void aSubscriptionPicksOnePatternOfManyByConfigurationOrByFilter() throws Exception {
        try (Sinks sinks = new Sinks()) {
            gateway.admin(
                    "POST",
                    "/api/subscriptions",
                    sinks.subscription("/config", "\"config\":{\"channel\":\"many\",\"pattern\":\"state\"}"));
            gateway.admin(
                    "POST",
                    "/api/subscriptions",
                    sinks.subscription(
                            "/filter",
                            "\"config\":{\"channel\":\"many\"},\"filters\":[{\"exact\":{\"pattern\":\"notification\"}}]"));
            gateway.admin(
                    "POST", "/api/subscriptions", sinks.subscription("/all", "\"config\":{\"channel\":\"many\"}"));
            String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
            gateway.call("PUT", "/e/1", "{\"n\":1}", "traceparent", trace);
            gateway.call("PUT", "/e/1", "{\"n\":2}", "traceparent", trace);
            await().atMost(PATIENCE).until(() -> sinks.at("/all").size() == 6);
            String position = sinks.at("/all").getLast().get("ce-position");
            JsonNode reversal = gateway.admin("POST", "/api/changes/" + position + "/reversal", "{\"apply\":true}");
            await().atMost(PATIENCE)
                    .until(() -> sinks.at("/all").size() == 9
                            && sinks.at("/config").size() == 3
                            && sinks.at("/filter").size() == 3);
            assertThat(sinks.at("/config")).allSatisfy(head -> assertThat(head).containsEntry("ce-pattern", "state"));
            assertThat(sinks.at("/filter"))
                    .allSatisfy(head -> assertThat(head).containsEntry("ce-pattern", "notification"));
            assertThat(sinks.at("/all").stream().limit(6))
                    .allSatisfy(head -> assertThat(head.get("ce-traceparent")).startsWith(trace.substring(0, 35)));
            assertThat(sinks.at("/config").getLast())
                    .containsEntry("ce-causationid", position)
                    .containsEntry("ce-type", "e.reversed")
                    .containsEntry("ce-position", reversal.path("position").asText());
        }
    }
}
