package io.eventful.channel;

import io.eventful.channel.Inbound.Unreadable;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQBuffers;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedByte;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.UnsignedShort;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.jspecify.annotations.Nullable;

/** What the sections of one AMQP message add up to, as a core message. */
final class AmqpContent {

    private static final int PROPERTIES = 512;
    private static final String CONTENT_ENCODING = "JMS_AMQP_ContentEncoding";

    private final byte[] encoded;
    private final CoreMessage message;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private @Nullable String text;
    /** Why it is no event, and where the body begins that is none. */
    private @Nullable String problem;

    private int bodyAt;

    AmqpContent(Message amqp, byte[] encoded) {
        this.encoded = encoded;
        this.message = new CoreMessage(amqp.getMessageID(), PROPERTIES);
        message.setType(Message.BYTES_TYPE);
        message.setPriority(amqp.getPriority());
    }

    void describe(Properties properties) {
        if (properties.getContentType() != null)
            message.putStringProperty(
                    ArtemisMessages.AMQP_CONTENT_TYPE,
                    properties.getContentType().toString());
        if (properties.getContentEncoding() != null)
            message.putStringProperty(
                    CONTENT_ENCODING, properties.getContentEncoding().toString());
        if (properties.getCorrelationId() instanceof String id) message.setCorrelationID(id);
        if (properties.getCreationTime() != null)
            message.setTimestamp(properties.getCreationTime().getTime());
        if (properties.getGroupId() != null) message.setGroupID(properties.getGroupId());
    }

    /** Application properties; a faulty client may give them any names and values. */
    void add(@Nullable Map<?, ?> properties) {
        if (properties == null) return;
        properties.forEach((key, value) -> {
            String name = String.valueOf(key);
            // What begins so is the broker's own.
            if (name.startsWith("_")) return;
            Object property = property(value);
            if (property != null) message.putObjectProperty(SimpleString.of(name), property);
            else if (value != null) ArtemisMessages.attribute(name).ifPresent(attribute -> refuse(attribute, value));
        });
    }

    private void refuse(String attribute, Object value) {
        problem = "not a CloudEvent: the attribute " + attribute + " has the AMQP type "
                + value.getClass().getSimpleName();
    }

    /** A value as a core message can have it; null when it has none. Times are texts, as in every other binding. */
    private static @Nullable Object property(@Nullable Object value) {
        return switch (value) {
            case Boolean b -> b;
            case Byte number -> number;
            case Short number -> number;
            case Integer number -> number;
            case Long number -> number;
            case Float number -> number;
            case Double number -> number;
            case String string -> string;
            case UnsignedByte number -> number.intValue();
            case UnsignedShort number -> number.intValue();
            case UnsignedInteger number -> number.longValue();
            case UnsignedLong number -> number.toString();
            case Date time -> time.toInstant().toString();
            case Binary bytes -> bytes(bytes);
            case Character letter -> letter.toString();
            case Symbol symbol -> symbol.toString();
            case UUID uuid -> uuid.toString();
            case null, default -> null;
        };
    }

    /** A data section, of which there may be several. */
    void add(Binary section) {
        data.write(section.getArray(), section.getArrayOffset(), section.getLength());
    }

    /** A value in place of the data; {@code begin} is where it begins. */
    void add(@Nullable Object value, int begin) {
        switch (value) {
            case null -> {}
            case Binary bytes -> add(bytes);
            case String string -> text = string;
            case Map<?, ?> unused -> refuse("map", begin);
            case List<?> unused -> refuse("list", begin);
            default -> refuse("value of another type", begin);
        }
    }

    void refuse(String body, int begin) {
        problem = "the body is an AMQP " + body
                + ", but the data of a CloudEvent is sent in data sections, as a string or as binary";
        if (bodyAt == 0) bodyAt = begin;
    }

    ArtemisMail mail() {
        if (problem != null) {
            byte[] body = bodyAt == 0 ? body() : Arrays.copyOfRange(encoded, bodyAt, encoded.length);
            return dead(body, new Unreadable(problem));
        }
        return ArtemisMail.of(message, body());
    }

    /** It is no event. */
    ArtemisMail dead(byte[] body, Unreadable reason) {
        return new ArtemisMail(message, body, reason);
    }

    private byte[] body() {
        if (text == null) return data.toByteArray();
        message.setType(Message.TEXT_TYPE);
        ActiveMQBuffer buffer = ActiveMQBuffers.dynamicBuffer(2 * text.length() + Integer.BYTES + 1);
        buffer.writeNullableSimpleString(SimpleString.of(text));
        byte[] body = new byte[buffer.readableBytes()];
        buffer.readBytes(body);
        return body;
    }

    private static byte[] bytes(Binary binary) {
        int from = binary.getArrayOffset();
        return Arrays.copyOfRange(binary.getArray(), from, from + binary.getLength());
    }
}
