package io.eventful.channel;

import io.eventful.channel.Inbound.Unreadable;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPMessage;
import org.apache.activemq.artemis.protocol.amqp.util.TLSEncode;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.codec.DecoderImpl;
import org.apache.qpid.proton.codec.ReadableBuffer;

/**
 * Messages of AMQP 1.0 clients, read section by section: Artemis' own conversion refuses a whole message for one value that
 * its properties cannot have, such as a timestamp, and keeps only the first of several data sections.
 */
final class AmqpMessages {

    private AmqpMessages() {}

    static ArtemisMail read(Message message) {
        AMQPMessage amqp = (AMQPMessage) message;
        ReadableBuffer sent = amqp.getSendBuffer(1, null);
        byte[] encoded = new byte[sent.remaining()];
        sent.get(encoded);
        AmqpContent content = new AmqpContent(amqp, encoded);
        try {
            read(encoded, content);
            return content.mail();
        } catch (RuntimeException | StackOverflowError e) {
            // Types, lengths and depths are what a stranger wrote.
            return content.dead(encoded, new Unreadable("the AMQP message cannot be read: " + Failures.reason(e)));
        }
    }

    private static void read(byte[] encoded, AmqpContent content) {
        ReadableBuffer buffer = ReadableBuffer.ByteBufferReader.wrap(encoded);
        DecoderImpl decoder = TLSEncode.getDecoder();
        decoder.setBuffer(buffer);
        try {
            while (buffer.hasRemaining()) {
                int begin = buffer.position();
                switch (decoder.readObject()) {
                    case Properties properties -> content.describe(properties);
                    case ApplicationProperties properties -> content.add(properties.getValue());
                    case Data data -> content.add(data.getValue());
                    case AmqpValue value -> content.add(value.getValue(), begin);
                    case AmqpSequence unused -> content.refuse("sequence", begin);
                    // The header is the broker's, and of annotations and footers no event is made.
                    default -> {}
                }
            }
        } finally {
            decoder.setBuffer(null);
        }
    }
}
