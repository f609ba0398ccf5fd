package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.channel.Inbound.Content;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.client.impl.ClientMessageImpl;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Whatever a stranger sends is an event or unreadable: nothing else may come of it, or it would stop its reader. */
class StrangersMessagesTest {

    private static final List<String> NAMES =
            List.of("specversion", "id", "source", "type", "subject", "time", "dataschema", "datacontenttype", "x", "");

    @Property(tries = 500)
    void aRecordIsReadOrUnreadable(
            @ForAll("attributes") Map<String, byte[]> attributes,
            @ForAll("bytes") byte[] key,
            @ForAll("bytes") byte[] value) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("orders", 0, 0, key, value);
        attributes.forEach((name, text) -> record.headers().add("ce_" + name, text));
        record.headers().add("content-type", attributes.getOrDefault("x", key));
        assertThat(KafkaMessages.decode(record)).isInstanceOf(Content.class);
    }

    @Property(tries = 500)
    void aMessageIsReadOrUnreadable(
            @ForAll("attributes") Map<String, byte[]> attributes,
            @ForAll("type") byte type,
            @ForAll("bytes") byte[] value) {
        ClientMessageImpl message = new ClientMessageImpl(type, true, 0, 0, (byte) 4, 256);
        attributes.forEach((name, text) ->
                message.putStringProperty("cloudEvents_" + name, new String(text, StandardCharsets.UTF_8)));
        message.putStringProperty("content-type", new String(value, StandardCharsets.ISO_8859_1));
        message.getBodyBuffer().writeBytes(value);
        assertThat(ArtemisMessages.decode(message, ArtemisMessages.body(message)))
                .isInstanceOf(Content.class);
    }

    @Provide
    Arbitrary<Map<String, byte[]>> attributes() {
        return Arbitraries.maps(Arbitraries.of(NAMES), bytes());
    }

    @Provide
    Arbitrary<Byte> type() {
        return Arbitraries.of(Message.BYTES_TYPE, Message.TEXT_TYPE, Message.MAP_TYPE, Message.DEFAULT_TYPE);
    }

    /** Texts that look right in part, JSON in part, and any bytes. */
    @Provide
    Arbitrary<byte[]> bytes() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.of(
                        "1.0",
                        "0.3",
                        "application/cloudevents+json",
                        "application/cloudevents+json; charset=\u0000",
                        "2026-02-30T25:61:61Z",
                        "2026-01-01T00:00:00Z",
                        "http://[::1",
                        "urn:x",
                        "[".repeat(2_000),
                        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"data_base64\":\"%\"}",
                        "{\"specversion\":\"1.0\",\"id\":1,\"source\":[],\"type\":null,\"time\":{}}",
                        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"data\":1e999999999}"),
                Arbitraries.strings().ofMaxLength(40));
        return Arbitraries.oneOf(
                texts.map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60));
    }
}
