package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Artemis;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.FailoverEventType;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.jspecify.annotations.Nullable;

/** A connection to Artemis by its client, with one sending session. */
final class ArtemisClientLink implements ArtemisLink, ArtemisQueues.Broker {

    /** Bytes after which both ends forget what they keep for a resend; until then every packet stays in memory. */
    private static final int CONFIRMATION_WINDOW = 128 << 10;

    private final ServerLocator locator;
    private final @Nullable String user;
    private final @Nullable String password;
    private final ArtemisQueues queues = new ArtemisQueues(this);
    private @Nullable ClientSessionFactory factory;
    private @Nullable ClientSession session;
    private @Nullable ClientProducer producer;

    ArtemisClientLink(Artemis settings) {
        this.locator = external(settings);
        this.user = settings.user();
        this.password = settings.password();
        locator.setUseGlobalPools(false)
                // Nothing that waits runs there, and what runs in turn on two threads wakes the other each time.
                .setThreadPoolMaxSize(1)
                .setScheduledThreadPoolMaxSize(1)
                .setReconnectAttempts(0)
                .setInitialConnectAttempts(1)
                .setCallTimeout(settings.callTimeout().toMillis())
                .setCallFailoverTimeout(settings.callTimeout().toMillis())
                // Answers to asynchronous sends need a window; credits would make the one thread wait.
                .setConfirmationWindowSize(CONFIRMATION_WINDOW)
                .setProducerWindowSize(-1)
                .setBlockOnDurableSend(false)
                .setBlockOnAcknowledge(false)
                // Acknowledgements are gathered here, not once more by the client.
                .setAckBatchSize(0);
    }

    private static ServerLocator external(Artemis settings) {
        try {
            return ActiveMQClient.createServerLocator(settings.url());
        } catch (Exception e) {
            throw new IllegalArgumentException(
                    "eventful.broker.artemis.url is not a connector URL: use a format such as tcp://host:61616", e);
        }
    }

    @Override
    public void open(Runnable broken) throws ActiveMQException {
        try {
            factory = locator.createSessionFactory();
        } catch (ActiveMQException e) {
            throw e;
        } catch (Exception e) {
            throw new ActiveMQException(e.getMessage(), e, ActiveMQExceptionType.NOT_CONNECTED);
        }
        factory.addFailoverListener(type -> {
            if (type != FailoverEventType.FAILOVER_COMPLETED) broken.run();
        });
        session = session();
        session.addFailureListener(new ArtemisBreak(broken));
        producer = session.createProducer();
    }

    @Override
    public boolean isOpen() {
        return producer != null;
    }

    @Override
    public boolean isBroken() {
        return session == null || session.isClosed() || factory == null || factory.isClosed();
    }

    @Override
    public ArtemisSource source(String queue) throws ActiveMQException {
        ClientSession own = session();
        try {
            return new ArtemisClientSource(queue, own);
        } catch (ActiveMQException e) {
            // It is tried again with another one, perhaps for days.
            own.close();
            throw e;
        }
    }

    /** A session; sends and acknowledgements are committed by themselves. */
    private ClientSession session() throws ActiveMQException {
        if (factory == null) throw new ActiveMQException(ActiveMQExceptionType.NOT_CONNECTED);
        return factory.createSession(user, password, false, true, true, false, 0);
    }

    private ClientSession sending() throws ActiveMQException {
        if (session == null) throw new ActiveMQException(ActiveMQExceptionType.NOT_CONNECTED);
        return session;
    }

    @Override
    public void send(String address, Consumer<ICoreMessage> fill, ArtemisAnswer answer) throws ActiveMQException {
        if (producer == null) throw new ActiveMQException(ActiveMQExceptionType.NOT_CONNECTED);
        ClientMessage message = sending().createMessage(true);
        fill.accept(message);
        producer.send(SimpleString.of(address), message, answer);
    }

    @Override
    public ArtemisQueues queues() {
        return queues;
    }

    @Override
    public boolean hasAddress(SimpleString address) throws ActiveMQException {
        return sending().addressQuery(address).isExists();
    }

    @Override
    public void createAddress(SimpleString address, EnumSet<RoutingType> types) throws ActiveMQException {
        sending().createAddress(address, types, false);
    }

    @Override
    public boolean hasQueue(SimpleString queue) throws ActiveMQException {
        return sending().queueQuery(queue).isExists();
    }

    @Override
    public void createQueue(QueueConfiguration queue) throws ActiveMQException {
        sending().createQueue(queue);
    }

    @Override
    public void close() {
        queues.forget();
        producer = null;
        session = null;
        ClientSessionFactory open = factory;
        factory = null;
        if (open != null) open.close();
    }

    @Override
    public void end() {
        close();
        locator.close();
    }
}
