package io.eventful.channel;

import io.eventful.channel.Inbound.Content;
import io.eventful.channel.Inbound.Grave;
import io.eventful.channel.Inbound.Readable;
import io.eventful.channel.Inbound.Unreadable;
import io.eventful.event.Event;
import io.eventful.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQBuffers;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.jspecify.annotations.Nullable;

/**
 * Events as Artemis messages: CloudEvents in binary mode, attributes as {@code cloudEvents_*} properties, data as the
 * body of a JMS BytesMessage. Of strangers, structured mode and the prefixes of the AMQP and Kafka bindings are read
 * as well.
 */
final class ArtemisMessages {

    private static final String PREFIX = "cloudEvents_";
    private static final String[] PREFIXES = {PREFIX, "cloudEvents:", "ce_", "ce-"};
    /** What Artemis shows AMQP clients as the content type. */
    static final String AMQP_CONTENT_TYPE = "JMS_AMQP_ContentType";
    /** What Artemis shows STOMP clients as the content type, and where it keeps that of theirs. */
    private static final String STOMP_CONTENT_TYPE = Message.HDR_CONTENT_TYPE.toString();

    /** How the content types of structured mode begin. */
    private static final String STRUCTURED = "application/cloudevents";

    private static final String[] CONTENT_TYPES = {
        AMQP_CONTENT_TYPE,
        STOMP_CONTENT_TYPE,
        "content-type",
        "content_type",
        "contentType",
        "Content-Type",
        "ContentType"
    };

    /** JMS' default (Jakarta Messaging 3.1, 3.4.10): a lower one lets messages of other clients overtake in a queue. */
    private static final byte PRIORITY = 4;

    private ArtemisMessages() {}

    static void encode(ICoreMessage message, Event event) {
        message.setType(Message.BYTES_TYPE);
        message.setPriority(PRIORITY);
        message.putStringProperty(PREFIX + "specversion", "1.0");
        CloudEventAttributes.each(event, (name, value) -> message.putStringProperty(PREFIX + name, value));
        String contentType = event.datacontenttype();
        if (contentType != null) {
            message.putStringProperty(AMQP_CONTENT_TYPE, contentType);
            message.putStringProperty(STOMP_CONTENT_TYPE, contentType);
        }
        message.setTimestamp(timestamp(event.time()));
        message.setGroupID(event.key());
        message.putStringProperty(Message.HDR_DUPLICATE_DETECTION_ID, SimpleString.of(duplicateId(event)));
        message.getBodyBuffer().writeBytes(event.data());
    }

    /** 0, which is none, also for a time that a message cannot have; the event's own attribute has it. */
    private static long timestamp(@Nullable Instant time) {
        try {
            return time == null ? 0 : time.toEpochMilli();
        } catch (ArithmeticException beyond) {
            return 0;
        }
    }

    /** The ids of strangers are unique within their source only. */
    private static String duplicateId(Event event) {
        return event.position() > 0 ? event.id() : event.source() + " " + event.id();
    }

    /** The whole body as the broker has it. */
    static byte[] body(ClientMessage message) {
        ActiveMQBuffer buffer = message.getBodyBuffer();
        byte[] body = new byte[buffer.readableBytes()];
        buffer.readBytes(body);
        return body;
    }

    static Content decode(ICoreMessage message, byte[] body) {
        try {
            Map<String, String> attributes = attributes(message);
            byte[] data = data(message, body);
            String type = contentType(message);
            boolean structured = type != null && type.toLowerCase(Locale.ROOT).startsWith(STRUCTURED);
            if (attributes.containsKey("specversion") && !structured) {
                if (type != null && data.length > 0) attributes.putIfAbsent("datacontenttype", type);
                return new Readable(CloudEventAttributes.event(attributes, data));
            }
            return new Readable(CloudEventAttributes.checked(EventJson.read(data)));
        } catch (IllegalArgumentException e) {
            return new Unreadable(Failures.reason(e));
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            // Lengths in a body are what a stranger wrote.
            return new Unreadable("the body does not fit its type");
        } catch (RuntimeException e) {
            // Whatever it is, it would come again and again, and those behind it never.
            return new Unreadable("the message cannot be read: " + Failures.reason(e));
        }
    }

    private static Map<String, String> attributes(ICoreMessage message) {
        Map<String, String> attributes = new HashMap<>();
        for (SimpleString property : message.getPropertyNames()) {
            Object value = message.getObjectProperty(property);
            if (value != null)
                attribute(property.toString())
                        .ifPresent(attribute -> attributes.put(attribute, text(attribute, value)));
        }
        return attributes;
    }

    /** The attribute that a property is of; empty if it is of none. */
    static Optional<String> attribute(String property) {
        if (isPlumbing(property)) return Optional.empty();
        return Stream.of(PREFIXES)
                .filter(property::startsWith)
                .findFirst()
                .map(prefix -> property.substring(prefix.length()).toLowerCase(Locale.ROOT));
    }

    /** Bindings have types of their own for bytes, and JMS clients for times, which are milliseconds to them. */
    private static String text(String attribute, Object value) {
        if (value instanceof Long millis && attribute.equals("time"))
            return Instant.ofEpochMilli(millis).toString();
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value.toString();
    }

    /** What the brokers and clients add, and no CloudEvents binding uses. */
    private static boolean isPlumbing(String name) {
        return name.startsWith("_") || name.startsWith("JMS");
    }

    private static @Nullable String contentType(ICoreMessage message) {
        for (String name : CONTENT_TYPES) {
            Object value = message.getObjectProperty(name);
            if (value != null) return value.toString();
        }
        return null;
    }

    private static byte[] data(ICoreMessage message, byte[] body) {
        return switch (message.getType()) {
            case Message.TEXT_TYPE -> text(body);
            case Message.MAP_TYPE, Message.STREAM_TYPE, Message.OBJECT_TYPE ->
                throw new IllegalArgumentException(
                        "the body is a map, a stream or an object, but the data of a CloudEvent is bytes or a text");
            default -> body;
        };
    }

    private static byte[] text(byte[] body) {
        SimpleString text = ActiveMQBuffers.wrappedBuffer(body).readNullableSimpleString();
        return text == null ? new byte[0] : text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A dead letter: the message as it came, and why it is dead. A second one of the same message is recognised. */
    static void bury(ICoreMessage message, ArtemisMail mail, String queue, Grave grave) {
        ICoreMessage dead = mail.message();
        message.setType(dead.getType());
        message.setPriority(dead.getPriority());
        for (SimpleString name : dead.getPropertyNames()) {
            if (name.toString().startsWith("_") && !name.equals(Message.HDR_CONTENT_TYPE)) continue;
            message.putObjectProperty(name, dead.getObjectProperty(name));
        }
        message.putStringProperty("eventful_channel", grave.channel());
        message.putStringProperty("eventful_consumer", grave.consumer());
        message.putStringProperty("eventful_reason", grave.reason());
        message.putIntProperty("eventful_attempts", grave.attempts());
        message.setTimestamp(dead.getTimestamp());
        SimpleString group = dead.getGroupID();
        if (group != null) message.setGroupID(group);
        message.putStringProperty(
                Message.HDR_DUPLICATE_DETECTION_ID, SimpleString.of(queue + "/" + dead.getMessageID()));
        message.getBodyBuffer().writeBytes(mail.body());
    }
}
