package io.eventful.bench;

import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;

/** Artemis' own client at the broker that the gateway has started in this process. */
final class ArtemisPair extends Pair {

    private static final int NUMBER = 11;
    private static final String USER = "bench";
    private static final String PASSWORD = "bench";

    /** What opens the gateway's broker to this client, through memory. */
    static final Map<String, String> OPEN = Map.of(
            "eventful.broker.artemis.acceptor", "vm://" + NUMBER,
            "eventful.broker.artemis.user", USER,
            "eventful.broker.artemis.password", PASSWORD);

    private static final SimpleString PLACE = SimpleString.of("bare");

    private final ServerLocator locator;
    private final ClientSessionFactory factory;
    private final ClientSession sending;
    private final ClientProducer producer;

    ArtemisPair() throws Exception {
        locator = ActiveMQClient.createServerLocatorWithoutHA(new TransportConfiguration(
                        InVMConnectorFactory.class.getName(), Map.of(TransportConstants.SERVER_ID_PROP_NAME, NUMBER)))
                .setConfirmationWindowSize(1 << 20)
                .setProducerWindowSize(-1)
                .setBlockOnDurableSend(false)
                .setBlockOnAcknowledge(false);
        factory = locator.createSessionFactory();
        sending = session();
        sending.createAddress(PLACE, RoutingType.MULTICAST, false);
        sending.createQueue(QueueConfiguration.of(PLACE)
                .setRoutingType(RoutingType.MULTICAST)
                .setDurable(true));
        producer = sending.createProducer(PLACE);
        ClientSession receiving = session();
        receiving.createConsumer(PLACE).setMessageHandler(this::received);
        receiving.start();
    }

    private ClientSession session() throws ActiveMQException {
        return factory.createSession(USER, PASSWORD, false, true, true, false, 0);
    }

    private void received(ClientMessage message) {
        try {
            message.acknowledge();
            received.incrementAndGet();
        } catch (ActiveMQException e) {
            throw new IllegalStateException("the bare consumer failed", e);
        }
    }

    @Override
    void send(long number) throws Exception {
        ClientMessage message = sending.createMessage(Message.BYTES_TYPE, true);
        message.getBodyBuffer().writeBytes(BODY);
        producer.send(message, sent -> room.release());
    }

    @Override
    public void close() throws Exception {
        end();
        factory.close();
        locator.close();
    }
}
