package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventsInTest extends HouseFixture {

    private static final String STRUCTURED = "application/cloudevents+json; charset=UTF-8";
    private static final String BATCH = "application/cloudevents-batch+json";

    private static JsonNode state(Change change) {
        return ((Image.Known) change.after()).json();
    }

    private HttpResponse<String> binary(String id, String body, String... more) throws Exception {
        String[] fields = {
            "ce-specversion", "1.0", "ce-id", id, "ce-source", "/sensors/1", "ce-type", "com.example.Reading",
        };
        String[] all = Arrays.copyOf(fields, fields.length + more.length);
        System.arraycopy(more, 0, all, fields.length, more.length);
        return house.post("/hooks/events", body, all);
    }

    @Test
    void binaryStructuredAndBatchedEventsAreKeptAlike() throws Exception {
        house.route("r", "webhook-in:/hooks/events?provider=cloudevents&subject=/subject");
        assertThat(binary("1", "{\"t\":1.10}", "ce-subject", "Euro%20%E2%82%AC").statusCode())
                .isEqualTo(202);
        CloudEvent event = CloudEventBuilder.v1()
                .withId("2")
                .withSource(URI.create("/sensors/1"))
                .withType("com.example.Reading")
                .withSubject("Euro €")
                .withDataContentType("application/json")
                .withData(Senders.utf8("{\"t\":2}"))
                .build();
        byte[] structured = EventFormatProvider.getInstance()
                .resolveFormat(JsonFormat.CONTENT_TYPE)
                .serialize(event);
        assertThat(house.send("POST", "/hooks/events", structured, "Content-Type", STRUCTURED)
                        .statusCode())
                .isEqualTo(202);
        String third = "{\"specversion\":\"1.0\",\"id\":\"3\",\"source\":\"/s\",\"type\":\"a\",\"subject\":\"Euro €\","
                + "\"data\":{\"t\":3e0}}";
        String fourth = third.replace("\"3\"", "\"4\"").replace("3e0", "4");
        assertThat(house.post("/hooks/events", "[" + third + "," + fourth + "]", "Content-Type", BATCH)
                        .statusCode())
                .isEqualTo(202);
        // The whole batch again, and one event of it alone: nothing new.
        house.post("/hooks/events", "[" + third + "," + fourth + "]", "Content-Type", BATCH);
        house.post("/hooks/events", third, "Content-Type", STRUCTURED);

        List<Change> changes = house.changes();
        assertThat(changes).hasSize(4);
        assertThat(changes)
                .allSatisfy(change -> assertThat(change.item().subject()).isEqualTo("Euro €"));
        assertThat(changes).extracting(Change::revision).containsExactly(1L, 2L, 3L, 4L);
        assertThat(EventType.of(changes.getFirst())).isEqualTo("cloudevents.com.example.reading");
        assertThat(state(changes.getFirst()))
                .isEqualTo(Json.parse("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/sensors/1\","
                        + "\"type\":\"com.example.Reading\",\"subject\":\"Euro €\","
                        + "\"datacontenttype\":\"application/json\",\"data\":{\"t\":1.10}}"));
        assertThat(Json.text(state(changes.get(2)))).isEqualTo(third);
    }

    @Test
    void anIdIsUniqueWithinItsSourceOnly() throws Exception {
        house.route("r", "webhook-in:/hooks/events?provider=cloudevents");
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"t\"}";
        house.post("/hooks/events", event, "Content-Type", STRUCTURED);
        house.post("/hooks/events", event.replace("/a", "/b"), "Content-Type", STRUCTURED);
        assertThat(house.changes())
                .hasSize(2)
                .allSatisfy(change -> assertThat(change.item().subject()).isEqualTo("/webhooks/hooks/events/1"));
    }

    @Test
    void dataThatIsNoJsonIsKeptToTheByte() throws Exception {
        house.route("r", "webhook-in:/hooks/events?provider=cloudevents");
        binary("1", "<a/>", "Content-Type", "text/xml");
        assertThat(state(house.only()).path("data_base64").asText()).isEqualTo("PGEvPg==");
        assertThat(state(house.only()).path("datacontenttype").asText()).isEqualTo("text/xml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\"}",
                "{\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"t\"}",
                "{\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"/a\",\"type\":\"t\"}",
                "[]",
                "{",
                ""
            })
    void whatIsNoEventIsMalformed(String body) throws Exception {
        house.route("r", "webhook-in:/hooks/events?provider=cloudevents");
        assertThat(house.post("/hooks/events", body, "Content-Type", STRUCTURED).statusCode())
                .isEqualTo(400);
        assertThat(house.changes()).isEmpty();
    }

    @Test
    void aBatchWithOneFaultyEventIsRefusedAsAWhole() throws Exception {
        house.route("r", "webhook-in:/hooks/events?provider=cloudevents");
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\",\"type\":\"t\"}";
        assertThat(house.post("/hooks/events", "[" + event + ",{}]", "Content-Type", BATCH)
                        .statusCode())
                .isEqualTo(400);
        assertThat(house.changes()).isEmpty();
        assertThat(house.post("/hooks/events", "[" + (event + ",").repeat(100) + event + "]", "Content-Type", BATCH)
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void otherFormatsAreNotUnderstood() throws Exception {
        house.route("r", "webhook-in:/hooks/events?provider=cloudevents");
        for (String type : List.of("application/cloudevents+xml", "application/cloudevents-batch+avro", "text/plain"))
            assertThat(house.post("/hooks/events", "x", "Content-Type", type).statusCode())
                    .isEqualTo(415);
        assertThat(house.post("/hooks/events", "x", "Content-Type", "text/plain", "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void aBearerTokenMayBeAsked() throws Exception {
        house.route("r", "webhook-in:/hooks/events?provider=cloudevents&secret=s");
        HttpResponse<String> reply = binary("1", "{}");
        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"webhooks\"");
        assertThat(binary("1", "{}", "Authorization", "Bearer s").statusCode()).isEqualTo(202);
    }

    @Test
    void consentIsGivenToWholeNamesOnly() throws Exception {
        house.route("r", "webhook-in:/hooks/events?provider=cloudevents&origins=a.example.com&rate=60");
        HttpResponse<String> yes = options("A.example.com");
        assertThat(yes.statusCode()).isEqualTo(200);
        assertThat(yes.headers().firstValue("WebHook-Allowed-Origin")).hasValue("A.example.com");
        assertThat(yes.headers().firstValue("WebHook-Allowed-Rate")).hasValue("60");
        for (String origin : List.of("a.example.com.evil.tld", "xa.example.com", "example.com", "*")) {
            HttpResponse<String> no = options(origin);
            assertThat(no.headers().firstValue("WebHook-Allowed-Origin")).isEmpty();
            assertThat(no.headers().firstValue("WebHook-Allowed-Rate")).isEmpty();
        }
    }

    private HttpResponse<String> options(String origin) throws Exception {
        return house.send(
                "OPTIONS",
                "/hooks/events",
                new byte[0],
                "WebHook-Request-Origin",
                origin,
                "WebHook-Request-Rate",
                "120");
    }
}
