package io.eventful.channel;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Prints each message that a durable subscription gets; arguments are a URL, a topic, a user and a password. */
final class ArtemisPrinter {

    static final String SUBSCRIBED = "subscribed";

    private ArtemisPrinter() {}

    public static void main(String[] arguments) throws JMSException {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(arguments[0]);
                JMSContext jms = factory.createContext(arguments[2], arguments[3])) {
            JMSConsumer consumer =
                    jms.createSharedDurableConsumer(jms.createTopic(arguments[1]), "stock-" + arguments[1]);
            System.out.println(SUBSCRIBED);
            while (true) {
                Message message = receive(consumer);
                if (message != null)
                    System.out.printf(
                            "cloudEvents_id=%s subject=%s revision=%s %s%n",
                            message.getStringProperty("cloudEvents_id"),
                            message.getStringProperty("cloudEvents_subject"),
                            message.getStringProperty("cloudEvents_revision"),
                            new String(message.getBody(byte[].class), StandardCharsets.UTF_8));
            }
        }
    }

    private static Message receive(JMSConsumer consumer) {
        try {
            return consumer.receive(1000);
        } catch (JMSRuntimeException e) {
            // The client connects again by itself.
            System.out.println("waits: " + e);
            return null;
        }
    }
}
