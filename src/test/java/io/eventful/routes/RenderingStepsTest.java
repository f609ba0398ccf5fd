package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Camel's steps around the rendering of a change, each from a route file, in a real context. */
class RenderingStepsTest extends StepsFixture {

    @Test
    void multicastRendersOneChangeInAllThreePatterns() {
        List<Object> events = sent("""
            - multicast:
                steps:
                  - pipeline:
                      steps:
                        - transformDataType: {toType: "event:notification"}
                        - to: {uri: "mock:out"}
                  - pipeline:
                      steps:
                        - transformDataType: {toType: "event:state"}
                        - to: {uri: "mock:out"}
                  - pipeline:
                      steps:
                        - transformDataType: {toType: "event:change"}
                        - to: {uri: "mock:out"}
            """, Changes.updated());
        assertThat(events)
                .extracting(event -> ((Event) event).extensions().get("pattern"))
                .containsExactly("notification", "state", "change");
        assertThat(EventJson.tree((Event) events.getFirst()).at("/data/link").asText())
                .isEqualTo("https://api.example.org/customers/42");
    }

    @Test
    void everyVariantRenders() {
        for (String name : EventDataType.names()) {
            List<Object> events = sent(
                    "- transformDataType: {toType: \"" + name + "\"}\n- to: {uri: \"mock:out\"}", Changes.updated());
            assertThat(events)
                    .as(name)
                    .hasSize(1)
                    .allSatisfy(event -> assertThat(event).isInstanceOf(Event.class));
        }
    }

    @Test
    void optionsOfARenderingComeFromExchangeProperties() {
        List<Object> events = sent("""
            - setProperty: {name: event.title, expression: {constant: {expression: "Customer moved"}}}
            - transformDataType: {toType: "event:notification"}
            - to: {uri: "mock:out"}
            """, Changes.updated());
        assertThat(EventJson.tree((Event) events.getFirst()).at("/data/title").asText())
                .isEqualTo("Customer moved");
    }

    @Test
    void aComputedTitleMayHoldBraces() {
        List<Object> events = sent("""
            - setProperty: {name: event.title, expression: {constant: {expression: "{id} is {new} now {"}}}
            - transformDataType: {toType: "event:notification"}
            - to: {uri: "mock:out"}
            """, Changes.updated());
        assertThat(EventJson.tree((Event) events.getFirst()).at("/data/title").asText())
                .isEqualTo("42 is {new} now {");
    }

    @Test
    void optionsOfARenderingStandWithItsName() {
        List<Object> events = sent("""
            - setProperty: {name: event.tags, expression: {constant: {expression: "team=crm"}}}
            - transformDataType: {toType: "event:notification?title={resource} {id}: {action} %26c"}
            - to: {uri: "mock:out"}
            """, Changes.updated());
        var data = EventJson.tree((Event) events.getFirst()).path("data");
        assertThat(data.path("title").asText()).isEqualTo("customer 42: updated &c");
        assertThat(data.path("tags").path("team").asText()).isEqualTo("crm");
    }

    @Test
    void aChangeIsSplitIntoOneEventForEachMember() {
        List<Object> events = sent("""
            - transformDataType: {toType: "event:change-generic?split=true"}
            - split:
                expression: {simple: {expression: "${body}"}}
                steps:
                  - to: {uri: "mock:out"}
            """, Changes.updated());
        assertThat(events)
                .hasSizeGreaterThan(3)
                .allSatisfy(event -> assertThat(event).isInstanceOf(Event.class));
        assertThat(events).extracting(event -> ((Event) event).id()).doesNotHaveDuplicates();
    }

    @Test
    void marshalWritesTheStructuredEvent() {
        List<Object> bodies = sent("""
            - transformDataType: {toType: "event:state"}
            - marshal: {json: {}}
            - convertBodyTo: {type: String}
            - to: {uri: "mock:out"}
            """, Changes.updated());
        Event event = EventJson.read(Json.parse((String) bodies.getFirst()));
        assertThat(event.type()).isEqualTo("customer.updated");
        assertThat(new String(event.data(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"total\":10.50");
    }

    @Test
    void aSecondRenderingNamesRouteAndNode() {
        String steps = """
            - transformDataType: {toType: "event:state"}
            - transformDataType: {id: again, toType: "event:change"}
            """;
        assertThatThrownBy(() -> sent(steps, Changes.updated()))
                .hasStackTraceContaining("route under-test, step again");
    }

    @Test
    void aMapThatIsAnEventStaysOne() {
        assertThat(sent(
                        "- setBody: {expression: {simple: {expression: \"${body[type]}\"}}}\n- to: {uri: \"mock:out\"}",
                        Map.of("specversion", "1.0", "type", "a.b")))
                .containsExactly("a.b");
    }
}
