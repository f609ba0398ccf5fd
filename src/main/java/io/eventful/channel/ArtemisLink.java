package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Artemis;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.FailoverEventType;
import org.apache.activemq.artemis.api.core.client.SendAcknowledgementHandler;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.jspecify.annotations.Nullable;

/** A connection to Artemis and its one sending session. For one thread; every method may wait for the broker. */
final class ArtemisLink {

    /** Bytes after which both ends forget what they keep for a resend; until then every packet stays in memory. */
    private static final int CONFIRMATION_WINDOW = 128 << 10;
    /** Groups a queue keeps apart; keys that share a bucket share a consumer. */
    private static final int GROUP_BUCKETS = 1024;

    private final ServerLocator locator;
    private final @Nullable String user;
    private final @Nullable String password;
    private final Set<String> known = new HashSet<>();
    private @Nullable ClientSessionFactory factory;
    private @Nullable ClientSession session;
    private @Nullable ClientProducer producer;

    ArtemisLink(Artemis settings, @Nullable EmbeddedArtemis embedded) {
        this.locator = embedded == null ? external(settings) : inVm(embedded);
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

    private static ServerLocator inVm(EmbeddedArtemis embedded) {
        return ActiveMQClient.createServerLocatorWithoutHA(embedded.connector())
                .setClientFailureCheckPeriod(-1)
                .setConnectionTTL(-1);
    }

    /** Connects; {@code broken} is called, on any thread, when the connection ends by itself. */
    void open(Runnable broken) throws ActiveMQException {
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

    boolean isOpen() {
        return producer != null;
    }

    /** True when nothing more can be sent on this connection. */
    boolean isBroken() {
        return session == null || session.isClosed() || factory == null || factory.isClosed();
    }

    /** Another session; sends and acknowledgements are committed by themselves. */
    ClientSession session() throws ActiveMQException {
        if (factory == null) throw new ActiveMQException(ActiveMQExceptionType.NOT_CONNECTED);
        return factory.createSession(user, password, false, true, true, false, 0);
    }

    /** The sending session. */
    ClientSession sending() throws ActiveMQException {
        if (session == null) throw new ActiveMQException(ActiveMQExceptionType.NOT_CONNECTED);
        return session;
    }

    void send(String address, ClientMessage message, SendAcknowledgementHandler answer) throws ActiveMQException {
        if (producer == null) throw new ActiveMQException(ActiveMQExceptionType.NOT_CONNECTED);
        producer.send(SimpleString.of(address), message, answer);
    }

    /** Makes sure that the address of a channel, or of its dead letters, exists. */
    void address(String address) throws ActiveMQException {
        if (known.contains(address)) return;
        if (address.endsWith(QueueNames.DEAD)) dead(address);
        else create(address, EnumSet.of(RoutingType.MULTICAST));
        known.add(address);
    }

    /** Makes sure that a durable queue exists at a channel's address. */
    void queue(String address, String queue) throws ActiveMQException {
        address(address);
        create(QueueConfiguration.of(queue)
                .setAddress(address)
                .setRoutingType(RoutingType.MULTICAST)
                .setDurable(true)
                .setAutoDelete(false)
                .setMaxConsumers(-1)
                .setGroupBuckets(GROUP_BUCKETS));
    }

    /** A dead-letter address has a queue that keeps what arrives while nobody looks. */
    private void dead(String address) throws ActiveMQException {
        create(address, EnumSet.of(RoutingType.ANYCAST, RoutingType.MULTICAST));
        create(QueueConfiguration.of(address)
                .setAddress(address)
                .setRoutingType(RoutingType.ANYCAST)
                .setDurable(true)
                .setAutoDelete(false));
    }

    /** What was known to exist may be gone. */
    void forget(String address) {
        known.remove(address);
    }

    private void create(String address, EnumSet<RoutingType> types) throws ActiveMQException {
        if (sending().addressQuery(SimpleString.of(address)).isExists()) return;
        try {
            sending().createAddress(SimpleString.of(address), types, false);
        } catch (ActiveMQException e) {
            if (e.getType() != ActiveMQExceptionType.ADDRESS_EXISTS) throw e;
        }
    }

    private void create(QueueConfiguration queue) throws ActiveMQException {
        if (sending().queueQuery(queue.getName()).isExists()) return;
        try {
            sending().createQueue(queue);
        } catch (ActiveMQException e) {
            if (e.getType() != ActiveMQExceptionType.QUEUE_EXISTS) throw e;
        }
    }

    /** Closes the connection with all its sessions; {@link #open} may follow. */
    void close() {
        known.clear();
        producer = null;
        session = null;
        ClientSessionFactory open = factory;
        factory = null;
        if (open != null) open.close();
    }

    /** Ends for good. */
    void end() {
        close();
        locator.close();
    }
}
