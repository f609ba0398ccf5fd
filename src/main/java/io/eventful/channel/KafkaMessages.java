package io.eventful.channel;

import io.eventful.channel.Inbound.Content;
import io.eventful.channel.Inbound.Grave;
import io.eventful.channel.Inbound.Readable;
import io.eventful.channel.Inbound.Unreadable;
import io.eventful.event.AttributeText;
import io.eventful.event.Event;
import io.eventful.event.EventJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Events as Kafka records: the CloudEvents Kafka binding 1.0.2, binary mode; structured mode is read as well. */
final class KafkaMessages {

    private static final String PREFIX = "ce_";
    private static final String CONTENT_TYPE = "content-type";
    private static final byte[] NO_DATA = new byte[0];

    private KafkaMessages() {}

    static ProducerRecord<byte[], byte[]> encode(String topic, Event event) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, utf8(event.key()), event.data());
        record.headers().add(PREFIX + "specversion", utf8("1.0"));
        CloudEventAttributes.each(
                event,
                (name, value) -> record.headers()
                        .add(name.equals("datacontenttype") ? CONTENT_TYPE : PREFIX + name, utf8(value)));
        return record;
    }

    static Content decode(ConsumerRecord<byte[], byte[]> record) {
        byte[] data = record.value() == null ? NO_DATA : record.value();
        try {
            Map<String, String> attributes = new HashMap<>();
            for (Header header : record.headers()) {
                if (header.key().startsWith(PREFIX) && header.value() != null)
                    attributes.put(header.key().substring(PREFIX.length()).toLowerCase(Locale.ROOT), text(header));
            }
            String type = contentType(record.headers());
            boolean structured = type != null && type.toLowerCase(Locale.ROOT).startsWith("application/cloudevents");
            if (structured || !attributes.containsKey("specversion"))
                return new Readable(keyed(CloudEventAttributes.checked(EventJson.read(data)), record));
            if (type != null) attributes.putIfAbsent("datacontenttype", type);
            return new Readable(keyed(CloudEventAttributes.event(attributes, data), record));
        } catch (IllegalArgumentException e) {
            return new Unreadable(Failures.reason(e));
        } catch (RuntimeException e) {
            // Whatever it is, it would come again and again, and those behind it never.
            return new Unreadable("the record cannot be read: " + Failures.reason(e));
        }
    }

    /** The record's key is what its sender orders by. */
    private static Event keyed(Event event, ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null
                || event.subject() != null
                || event.extensions().containsKey("partitionkey")) return event;
        String key = text(record.key());
        return event.key().equals(key) ? event : event.withExtension("partitionkey", key);
    }

    /** Keys are any bytes; those that no attribute can have are written as those of CloudEvents' type Binary. */
    private static String text(byte[] key) {
        try {
            String text = decoded(key);
            if (AttributeText.problem(text).isEmpty()) return text;
        } catch (CharacterCodingException e) {
            // It is no text.
        }
        return Base64.getEncoder().encodeToString(key);
    }

    private static @Nullable String contentType(Headers headers) {
        Header header = headers.lastHeader(CONTENT_TYPE);
        return header == null || header.value() == null ? null : text(header);
    }

    /** A dead letter: the record as it came, and why it is dead. */
    static ProducerRecord<byte[], byte[]> bury(String topic, ConsumerRecord<byte[], byte[]> dead, Grave grave) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, dead.key(), dead.value());
        dead.headers().forEach(header -> record.headers().add(header));
        record.headers()
                .add("eventful_channel", utf8(grave.channel()))
                .add("eventful_consumer", utf8(grave.consumer()))
                .add("eventful_reason", utf8(grave.reason()))
                .add("eventful_attempts", utf8(String.valueOf(grave.attempts())));
        return record;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Header header) {
        try {
            return decoded(header.value());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not a CloudEvent: the header " + header.key() + " is not UTF-8");
        }
    }

    private static String decoded(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    /** What is said of an event that waits because the cluster does not take it. */
    static String notAllowed(String topic, Exception e) {
        if (e instanceof IllegalStateException) return String.valueOf(e.getMessage());
        return e instanceof AuthorizationException
                ? "This user may not write to the topic " + topic + ": allow DESCRIBE, READ and WRITE"
                : "Kafka did not accept the event for the topic " + topic;
    }

    /** What is said of an event that is larger than the producer, or the topic, allows. */
    static RuntimeException tooLarge(Exception e) {
        return new EventTooLargeException(
                "The event is larger than max.message.bytes of the topic or max.request.size of the producer: raise"
                        + " them, or publish a notification",
                e);
    }
}
