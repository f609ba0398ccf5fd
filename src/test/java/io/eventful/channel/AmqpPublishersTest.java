package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPStandardMessage;
import org.apache.activemq.artemis.protocol.amqp.util.TLSEncode;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Decimal64;
import org.apache.qpid.proton.amqp.DescribedType;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.codec.EncoderImpl;
import org.apache.qpid.proton.codec.WritableBuffer;
import org.junit.jupiter.api.Test;

/** Whatever AMQP 1.0 allows in a message is an event or a dead letter, and those behind it are delivered. */
class AmqpPublishersTest extends ProtocolsFixture {

    private static Section data(String text) {
        return new Data(new Binary(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, Object> attributes(String id) {
        return new HashMap<>(Map.of(
                "cloudEvents:specversion", "1.0",
                "cloudEvents:id", id,
                "cloudEvents:source", "/stranger",
                "cloudEvents:type", "t"));
    }

    /** As the broker keeps what an AMQP client sent. */
    private void send(String contentType, Map<String, Object> properties, Object... rest) throws Exception {
        Header header = new Header();
        header.setDurable(true);
        Properties about = new Properties();
        about.setContentType(Symbol.valueOf(contentType));
        List<Object> sections = new ArrayList<>(List.of(header, about, new ApplicationProperties(properties)));
        sections.addAll(List.of(rest));
        WritableBuffer.ByteBufferWrapper bytes = WritableBuffer.ByteBufferWrapper.allocate(10_000);
        EncoderImpl encoder = TLSEncode.getEncoder();
        encoder.setByteBuffer(bytes);
        try {
            sections.forEach(encoder::writeObject);
        } finally {
            encoder.setByteBuffer((WritableBuffer) null);
        }
        byte[] encoded = Arrays.copyOf(bytes.byteBuffer().array(), bytes.position());
        AMQPStandardMessage message = new AMQPStandardMessage(0, encoded, null);
        message.setAddress("c");
        message.setMessageID(embedded.server().getStorageManager().generateID());
        var unused = embedded.server().getPostOffice().route(message, false);
    }

    private void sendValid(String id) throws Exception {
        send("application/json", attributes(id), data("{\"n\":1.10}"));
    }

    private Event received(String id) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(received).extracting(Event::id).contains(id));
        return received.stream()
                .filter(event -> event.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anAttributeMayHaveAnyTypeThatTheBindingGivesIt() throws Exception {
        Map<String, Object> properties = attributes("typed");
        properties.put("cloudEvents:time", new Date(1_000));
        properties.put("cloudEvents:flag", true);
        properties.put("cloudEvents:number", 7);
        properties.put("cloudEvents:mark", new Binary(new byte[] {0, 1, 2, 3}, 1, 2));
        properties.put("cloudEvents:large", new UnsignedLong(-1));
        properties.put("cloudEvents:symbol", Symbol.valueOf("s"));
        properties.put("other", new Date(0));
        send("application/json", properties, data("{\"n\":1.10}"));
        sendValid("next");
        received("next");
        Event event = received("typed");
        assertThat(event.time()).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(event.datacontenttype()).isEqualTo("application/json");
        assertThat(event.extensions())
                .containsOnly(
                        Map.entry("flag", "true"),
                        Map.entry("number", "7"),
                        Map.entry("mark", "AQI="),
                        Map.entry("large", "18446744073709551615"),
                        Map.entry("symbol", "s"));
    }

    @Test
    void theDataIsAllItsSections() throws Exception {
        send("application/json", attributes("binary"), data("{\"n\":"), data("1.10"), data("}"));
        String json = STRUCTURED.formatted("structured");
        send("application/cloudevents+json", Map.of(), data(json.substring(0, 40)), data(json.substring(40)));
        arrives("binary");
        arrives("structured");
    }

    @Test
    void aTextOrBytesMayBeAValue() throws Exception {
        send("application/json", attributes("text"), new AmqpValue("{\"n\":1.10}"));
        send("application/json", attributes("bytes"), new AmqpValue(new Binary("{\"n\":1.10}".getBytes())));
        send("application/json", attributes("none"));
        send("application/json", attributes("null"), new AmqpValue(null));
        arrives("text");
        arrives("bytes");
        assertThat(received("none").data()).isEmpty();
        assertThat(received("null").data()).isEmpty();
    }

    @Test
    void whatIsNoDataGoesToTheDeadLettersAndStopsNobody() throws Exception {
        send("application/json", attributes("map"), new AmqpValue(Map.of("a", List.of(1))));
        send("application/json", attributes("nested"), new AmqpValue(Map.of("a", Map.of("b", 1))));
        send("application/json", attributes("list"), new AmqpValue(List.of(UnsignedInteger.ONE)));
        send("application/json", attributes("sequence"), new AmqpSequence(List.of(UnsignedInteger.ONE)));
        send("application/json", attributes("boolean"), new AmqpValue(true));
        send("application/json", attributes("long"), new AmqpValue(5L));
        sendValid("next");
        received("next");
        assertThat(received).hasSize(1);
        for (String id : List.of("map", "nested", "list", "sequence", "boolean", "long"))
            assertThat(dead(id)).contains("the body is an AMQP").contains("data section");
    }

    @Test
    void anAttributeOfATypeThatNoneCanHaveGoesToTheDeadLetters() throws Exception {
        Map<String, Object> properties = attributes("decimal");
        properties.put("cloudEvents:price", new Decimal64(5));
        send("application/json", properties, data("{}"));
        sendValid("next");
        received("next");
        assertThat(dead("decimal")).contains("price").contains("Decimal64");
    }

    /** A footer has symbols as its keys; faulty clients have written texts. */
    @Test
    void aFooterOfAFaultyClientHarmsNobody() throws Exception {
        DescribedType footer = new DescribedType() {
            @Override
            public Object getDescriptor() {
                return UnsignedLong.valueOf(0x78);
            }

            @Override
            public Object getDescribed() {
                return Map.of("a", 1);
            }
        };
        send("application/json", attributes("footed"), data("{\"n\":1.10}"), footer);
        arrives("footed");
    }

    private String dead(String id) throws JMSException {
        // The first dead letter makes the queue.
        await().atMost(Duration.ofSeconds(20)).until(() -> embedded.server().locateQueue("c.dead") != null);
        JmsConnectionFactory factory =
                new JmsConnectionFactory("amqp://127.0.0.1:" + port("AMQP") + "?jms.validatePropertyNames=false");
        try (JMSContext jms = factory.createContext("user", "secret")) {
            JMSConsumer consumer = jms.createConsumer(jms.createQueue("c.dead"));
            Message message = consumer.receive(20_000);
            assertThat(message).isInstanceOf(BytesMessage.class);
            assertThat(message.getBody(byte[].class)).isNotNull();
            assertThat(message.getStringProperty("cloudEvents:id")).isEqualTo(id);
            return message.getStringProperty("eventful_reason");
        }
    }
}
