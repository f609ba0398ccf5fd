package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJsonTest {

    private static Event event(String mediaType, byte[] data) {
        return new Event(
                "evt_1",
                "/upstreams/default",
                "customer.updated",
                "/customers/42",
                Instant.parse("2026-01-02T03:04:05.678Z"),
                mediaType,
                "https://example.org/schema",
                Map.of("position", "7", "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                data);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void jsonDataStandsInTheDocumentByteForByte() {
        Event event = event("application/json", utf8("{\"price\":1.10, \"n\":1e5}"));
        assertThat(new String(EventJson.write(event), StandardCharsets.UTF_8)).isEqualTo("""
            {"specversion":"1.0","id":"evt_1","source":"/upstreams/default","type":"customer.updated",\
            "subject":"/customers/42","time":"2026-01-02T03:04:05.678Z","datacontenttype":"application/json",\
            "dataschema":"https://example.org/schema","position":"7",\
            "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","data":{"price":1.10, "n":1e5}}\
            """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        application/json              | {"a":1}      | data
        application/problem+json; a=b | [1]          | data
        application/json              | {"a":        | data_base64
        -                             | <a/>         | data_base64
        text/plain; charset=utf-8     | grüß "dich"  | data
        application/xml               | <a/>         | data
        application/octet-stream      | {"a":1}      | data_base64
        """)
    void theSdkReadsWhatIsWritten(String mediaType, String text, String member) {
        Event event = event(mediaType, utf8(text));
        byte[] written = EventJson.write(event);
        assertThat(Json.parse(written).has(member)).isTrue();
        CloudEvent read = new JsonFormat().deserialize(written);
        assertThat(read.getData().toBytes()).isEqualTo(event.data());
        assertThat(read.getId()).isEqualTo(event.id());
        assertThat(read.getTime().toInstant()).isEqualTo(event.time());
        assertThat(read.getExtension("position")).isEqualTo("7");
        assertThat(EventJson.read(written)).isEqualTo(event);
        assertThat(Json.same(EventJson.tree(event), Json.parse(written))).isTrue();
        assertThat(CloudEvents.fromSdk(read)).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        APPLICATION/JSON              | "x"
        application/vnd.x.y-z+json    | [1.10]
        """)
    void moreMediaTypesAreJsonThanTheSdkKnows(String mediaType, String text) {
        Event event = event(mediaType, utf8(text));
        assertThat(Json.text(Json.parse(EventJson.write(event)).get("data"))).isEqualTo(text);
        assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
    }

    /** Where the event goes on in another form, such as a webhook's, its receiver has to be told. */
    @Test
    void dataWithoutATypeIsJson() {
        Event untyped = event(null, utf8("{\"a\":1.10}"));
        Event read = EventJson.read(EventJson.write(untyped));
        assertThat(read).isEqualTo(event("application/json", utf8("{\"a\":1.10}")));
        Event binary = event(null, new byte[] {0, (byte) 0xFF});
        assertThat(EventJson.read(EventJson.write(binary))).isEqualTo(binary);
    }

    @Test
    void binaryDataIsBase64() {
        Event event = event("image/png", new byte[] {0, 1, (byte) 0xFF});
        assertThat(new JsonFormat()
                        .deserialize(EventJson.write(event))
                        .getData()
                        .toBytes())
                .isEqualTo(event.data());
        assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
        Event invalidText = event("text/plain", new byte[] {(byte) 0xFF});
        assertThat(EventJson.read(EventJson.write(invalidText))).isEqualTo(invalidText);
        Event marked = event("application/json", utf8("\uFEFF{}"));
        assertThat(EventJson.read(EventJson.write(marked))).isEqualTo(marked);
    }

    @Test
    void anEventWithoutDataHasNone() {
        Event event = new Event("1", "/s", "t", null, null, null, null, Map.of(), new byte[0]);
        assertThat(new String(EventJson.write(event), StandardCharsets.UTF_8))
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"}");
        assertThat(new JsonFormat().deserialize(EventJson.write(event)).getData())
                .isNull();
        assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
        assertThat(EventJson.data(event)).isEmpty();
    }

    @Test
    void emptyAttributesAreNotWritten() {
        Event event = new Event("1", "/s", "t", "", null, "", null, Map.of("x", ""), new byte[0]);
        assertThat(EventJson.read(EventJson.write(event)))
                .isEqualTo(new Event("1", "/s", "t", null, null, null, null, Map.of(), new byte[0]));
        assertThat(Json.bytes(EventJson.tree(event))).isEqualTo(EventJson.write(event));
    }

    @Test
    void whatTheSdkWritesIsRead() {
        CloudEvent sdk = CloudEventBuilder.v1()
                .withId("a.b")
                .withSource(URI.create("urn:x"))
                .withType("com.example.t")
                .withTime(OffsetDateTime.parse("2026-01-02T03:04:05+02:00"))
                .withExtension("sampled", true)
                .withExtension("count", 3)
                .withData("application/json", utf8("{\"a\":1.10}"))
                .build();
        Event read = EventJson.read(new JsonFormat().serialize(sdk));
        assertThat(read.time()).isEqualTo(Instant.parse("2026-01-02T01:04:05Z"));
        assertThat(read.extensions()).isEqualTo(Map.of("sampled", "true", "count", "3"));
        assertThat(read.key()).isEqualTo("a.b");
        assertThat(CloudEvents.fromSdk(sdk).extensions()).isEqualTo(read.extensions());
    }

    @Test
    void theSdkCarriesEveryAttributeThereAndBack() {
        Event event = event("application/json", utf8("{\"a\":1.10}"));
        assertThat(CloudEvents.fromSdk(CloudEvents.toSdk(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        []                                                                            | not an object
        {"id":"1","source":"s","type":"t"}                                            | specversion is missing
        {"specversion":"0.3","id":"1","source":"s","type":"t"}                        | specversion is not 1.0
        {"specversion":1.0,"id":"1","source":"s","type":"t"}                          | specversion is not a string
        {"specversion":"1.0","source":"s","type":"t"}                                 | id is missing
        {"specversion":"1.0","id":"","source":"s","type":"t"}                         | id is empty
        {"specversion":"1.0","id":"1","type":"t"}                                     | source is missing
        {"specversion":"1.0","id":"1","source":"s","type":null}                       | type is missing
        {"specversion":"1.0","id":"1","source":"s","type":"t","time":"soon"}          | RFC 3339
        {"specversion":"1.0","id":"1","source":"s","type":"t","x_y":"1"}              | lower-case letters and digits
        {"specversion":"1.0","id":"1","source":"s","type":"t","x":{}}                 | simple value
        {"specversion":"1.0","id":"1","source":"s","type":"t","data_base64":"!"}      | not Base64
        {"specversion":"1.0","id":"1","source":"s","type":"t","data":1,"data_base64":"aa"} | both
        {"specversion":"1.0","id":"1","source":"s","type":"t","datacontenttype":"text/plain","data":{}} | datacontenttype is not
        """)
    void whatIsNoEventIsRefusedWithItsReason(String json, String reason) {
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> EventJson.read(utf8(json)))
                .withMessageContaining(reason);
    }

    @Property(tries = 500)
    void anyJsonDataComesBack(@ForAll("data") byte[] data) {
        Event event = event("application/json", data);
        Event read = EventJson.read(EventJson.write(event));
        assertThat(read).isEqualTo(event);
    }

    @Provide
    Arbitrary<byte[]> data() {
        return Arbitraries.oneOf(
                Documents.any().filter(json -> !json.isNull()).map(Json::bytes), Arbitraries.just(utf8("{")));
    }

    @Test
    void jacksonWritesTheStructuredForm() throws Exception {
        Event event = event("application/json", utf8("{\"price\":1.10}"));
        assertThat(new ObjectMapper().writeValueAsBytes(event)).isEqualTo(EventJson.write(event));
    }

    @Test
    void theFinalIdDependsOnTheChannelAndOnNothingElse() {
        Event rendered = new Event(
                EventId.of(7, "", "state", 0),
                "/s",
                "t",
                null,
                null,
                null,
                null,
                Map.of(),
                utf8("1"),
                new Rendered(7, "state", 0));
        Event published = rendered.onChannel("customers");
        assertThat(published.id()).matches("evt_[0-9a-f]{32}").isNotEqualTo(rendered.id());
        assertThat(published.onChannel("customers")).isEqualTo(published);
        assertThat(published.onChannel("other").id()).isNotEqualTo(published.id());
        assertThat(rendered.withType("x")
                        .withData(utf8("2"))
                        .onChannel("customers")
                        .id())
                .isEqualTo(published.id());
        assertThat(rendered.withId("mine").onChannel("customers").id()).isEqualTo("mine");
        assertThat(EventId.of(1, "1", "state", 0)).isNotEqualTo(EventId.of(11, "", "state", 0));
        assertThat(EventId.uuid(7, "", "state", 0).version()).isEqualTo(8);
        assertThat(EventId.uuid(7, "", "state", 0).variant()).isEqualTo(2);
    }

    @Test
    void extensionsAreAddedReplacedAndRemoved() {
        Event event = event("application/json", utf8("1"))
                .withExtension("replay", "true")
                .withExtension("position", null);
        assertThat(event.attribute("replay")).contains("true");
        assertThat(event.attribute("position")).isEmpty();
        assertThat(event.position()).isZero();
        for (String name : List.of("", "Replay", "a-b", "id", "data"))
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> event.withExtension(name, "1"));
    }
}
