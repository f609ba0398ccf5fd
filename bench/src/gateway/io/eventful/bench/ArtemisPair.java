package io.eventful.bench;

import java.nio.file.Path;
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

    private static final SimpleString PLACE = SimpleString.of("bare");

    private final ServerLocator locator;
    private final ClientSessionFactory factory;
    private final ClientSession sending;
    private final ClientProducer producer;

    /** @param data the gateway's data folder; the path of the broker's own tells brokers of one process apart */
    ArtemisPair(Path data) throws Exception {
        int id = data.resolve("artemis").toAbsolutePath().normalize().hashCode() & Integer.MAX_VALUE;
        locator = ActiveMQClient.createServerLocatorWithoutHA(new TransportConfiguration(
                        InVMConnectorFactory.class.getName(), Map.of(TransportConstants.SERVER_ID_PROP_NAME, id)))
                .setConfirmationWindowSize(1 << 20)
                .setProducerWindowSize(-1)
                .setBlockOnDurableSend(false)
                .setBlockOnAcknowledge(false);
        factory = locator.createSessionFactory();
        sending = factory.createSession(true, true);
        sending.createAddress(PLACE, RoutingType.MULTICAST, false);
        sending.createQueue(QueueConfiguration.of(PLACE)
                .setRoutingType(RoutingType.MULTICAST)
                .setDurable(true));
        producer = sending.createProducer(PLACE);
        ClientSession receiving = factory.createSession(true, true);
        receiving.createConsumer(PLACE).setMessageHandler(this::received);
        receiving.start();
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
