package io.eventful.channel;

import io.eventful.channel.Inbound.Content;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;

/**
 * A message that came, and what it says.
 *
 * @param message what its dead letter is made of, beside the body
 * @param body the whole body, as the type of the message has it
 */
record ArtemisMail(ICoreMessage message, byte[] body, Content content) {

    /** As clients call the protocol, whose classes are needed only where it is spoken. */
    private static final String AMQP = "AMQP";

    static ArtemisMail of(ICoreMessage message, byte[] body) {
        return new ArtemisMail(message, body, ArtemisMessages.decode(message, body));
    }

    /** The same of a message as the broker keeps it, in the protocol of its sender. */
    static ArtemisMail kept(Message message) {
        if (AMQP.equals(message.getProtocolName())) return AmqpMessages.read(message);
        ICoreMessage core = message.toCore();
        ActiveMQBuffer buffer = core.getDataBuffer();
        byte[] body = new byte[buffer.readableBytes()];
        buffer.readBytes(body);
        return of(core, body);
    }
}
