package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.channel.Inbound.Content;
import io.eventful.channel.Inbound.Readable;
import io.eventful.channel.Inbound.Unreadable;
import io.eventful.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.client.impl.ClientMessageImpl;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** What the attributes of strangers become, and which of an event's are sent. */
class StrangersAttributesTest {

    private static ClientMessageImpl message(Map<String, Object> properties, String body) {
        ClientMessageImpl message = new ClientMessageImpl(Message.BYTES_TYPE, true, 0, 0, (byte) 4, 256);
        Map.of("specversion", "1.0", "id", "1", "source", "/s", "type", "t")
                .forEach((name, value) -> message.putStringProperty("cloudEvents_" + name, value));
        properties.forEach(message::putObjectProperty);
        message.getBodyBuffer().writeBytes(body.getBytes(StandardCharsets.UTF_8));
        return message;
    }

    private static Content decode(ClientMessageImpl message) {
        return ArtemisMessages.decode(message, ArtemisMessages.body(message));
    }

    private static Event read(Map<String, Object> properties, String body) {
        Content content = decode(message(properties, body));
        assertThat(content).isInstanceOf(Readable.class);
        return ((Readable) content).event();
    }

    @Test
    void timesAndBytesHaveTypesOfTheirOwnInAmqp() {
        Event event = read(Map.of("cloudEvents:time", 1_000L, "cloudEvents:mark", new byte[] {1, 2}), "{}");
        assertThat(event.time()).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(event.extensions()).containsEntry("mark", "AQI=");
    }

    @Test
    void theContentTypeTellsStructuredModeAlsoBesideAttributes() {
        String json = "{\"specversion\":\"1.0\",\"id\":\"2\",\"source\":\"/s\",\"type\":\"t\",\"data\":{\"n\":1.10}}";
        Event event = read(Map.of("content-type", "Application/CloudEvents+json; charset=utf-8"), json);
        assertThat(event.id()).isEqualTo("2");
        assertThat(event.data()).asString(StandardCharsets.UTF_8).isEqualTo("{\"n\":1.10}");

        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("c", 0, 0, null, json.getBytes(StandardCharsets.UTF_8));
        Map.of("ce_specversion", "1.0", "content-type", "Application/CloudEvents+json")
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        assertThat(KafkaMessages.decode(record)).isEqualTo(new Readable(event));
    }

    /** What a JMS client's maps, streams and objects are encoded as is nobody's data. */
    @Test
    void onlyBytesAndTextsAreData() {
        for (byte type : new byte[] {Message.MAP_TYPE, Message.STREAM_TYPE, Message.OBJECT_TYPE}) {
            ClientMessageImpl message = message(Map.of(), "{}");
            message.setType(type);
            assertThat(decode(message)).isInstanceOf(Unreadable.class);
        }
    }

    @Test
    void anEmptyAttributeIsNone() {
        Event event = read(Map.of("cloudEvents_subject", "", "cloudEvents_mark", ""), "{}");
        assertThat(event.subject()).isNull();
        assertThat(event.extensions()).isEmpty();
        assertThat(decode(message(Map.of("cloudEvents_id", ""), "{}"))).isInstanceOf(Unreadable.class);

        Event made = new Event("1", "/s", "t", null, null, "application/json", "", Map.of("mark", ""), new byte[] {1});
        ProducerRecord<byte[], byte[]> record = KafkaMessages.encode("c", made);
        assertThat(record.headers())
                .extracting(Header::key)
                .containsExactlyInAnyOrder("ce_specversion", "ce_id", "ce_source", "ce_type", "content-type");
    }

    private static Content decode(Map<String, String> attributes, byte[] key) {
        Map<String, byte[]> headers = new HashMap<>();
        attributes.forEach((name, value) -> headers.put(name, value.getBytes(StandardCharsets.UTF_8)));
        return decoded(headers, key);
    }

    private static Content decoded(Map<String, byte[]> attributes, byte[] key) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("c", 0, 0, key, new byte[0]);
        Map.of("specversion", "1.0", "id", "1", "source", "/s", "type", "t")
                .forEach((name, value) -> record.headers().add("ce_" + name, value.getBytes(StandardCharsets.UTF_8)));
        attributes.forEach((name, value) -> record.headers().add("ce_" + name, value));
        return KafkaMessages.decode(record);
    }

    private static String reason(Content content) {
        assertThat(content).isInstanceOf(Unreadable.class);
        return ((Unreadable) content).reason();
    }

    @Test
    void noAttributeIsNamedLikeTheData() {
        assertThat(reason(decode(message(Map.of("cloudEvents_data", "x"), "{}"))))
                .contains("an attribute may not be called data");
        assertThat(reason(decode(Map.of("data", "x"), null))).contains("an attribute may not be called data");
        assertThat(reason(decode(Map.of("my_mark", "x"), null)))
                .contains("my_mark")
                .contains("a-z, 0-9");
    }

    @Test
    void controlCharactersAreInNoAttribute() {
        for (String name : List.of("type", "source", "subject", "mark")) {
            assertThat(reason(decode(message(Map.of("cloudEvents_" + name, "a\nb"), "{}"))))
                    .contains(name)
                    .contains("U+000A");
            assertThat(reason(decode(Map.of(name, "a\u0085b"), null)))
                    .contains(name)
                    .contains("U+0085");
        }
        byte[] json = "{\"specversion\":\"1.0\",\"id\":\"2\",\"source\":\"/s\",\"type\":\"a\\u0000\"}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(reason(KafkaMessages.decode(new ConsumerRecord<>("c", 0, 0, null, json))))
                .contains("type")
                .contains("U+0000");
    }

    /** The gateway's own events say in it what a parameter or header was, whatever that is. */
    @Test
    void aScopeIsWhatItIs() {
        assertThat(read(Map.of("cloudEvents_scope", "a\nb"), "{}").extensions()).containsEntry("scope", "a\nb");
    }

    @Test
    void whatIsNoUtf8IsNoAttribute() {
        assertThat(reason(decoded(Map.of("mark", new byte[] {(byte) 0xFF, (byte) 0xFE}), null)))
                .contains("ce_mark")
                .contains("UTF-8");
    }

    /** Kafka's keys are any bytes. */
    @Test
    void aKeyThatIsNoTextIsBase64() {
        byte[] number = {0, 0, 0, 5};
        byte[] bytes = {(byte) 0xFF};
        assertThat(decode(Map.of(), number))
                .isInstanceOfSatisfying(
                        Readable.class,
                        content -> assertThat(content.event().key()).isEqualTo("AAAABQ=="));
        assertThat(decode(Map.of(), bytes))
                .isInstanceOfSatisfying(
                        Readable.class,
                        content -> assertThat(content.event().key()).isEqualTo("/w=="));
    }
}
