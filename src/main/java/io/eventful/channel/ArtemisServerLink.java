package io.eventful.channel;

import java.util.EnumSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.jspecify.annotations.Nullable;

/**
 * The broker in this process, by sessions of its own, as its protocols use it: no packets, and half as many threads to
 * wake as with the client.
 */
final class ArtemisServerLink implements ArtemisLink, ArtemisQueues.Broker {

    /** Bytes that the body's buffer begins with. */
    private static final int BODY = 1024;

    private final EmbeddedArtemis embedded;
    private final Executor completions;
    private final ArtemisQueues queues = new ArtemisQueues(this);
    private @Nullable ArtemisServerSessions sessions;
    private @Nullable ServerSession sending;

    /** @param completions where answers are told, in order */
    ArtemisServerLink(EmbeddedArtemis embedded, Executor completions) {
        this.embedded = embedded;
        this.completions = completions;
    }

    @Override
    public void open(Runnable broken) throws ActiveMQException {
        ArtemisServerSessions opened = embedded.sessions(broken);
        sending = opened.open(new ArtemisServerCallback(), completions);
        sessions = opened;
    }

    @Override
    public boolean isOpen() {
        return sending != null;
    }

    @Override
    public boolean isBroken() {
        return sending == null || sending.isClosed() || sessions == null || !sessions.isRunning();
    }

    @Override
    public void send(String address, Consumer<ICoreMessage> fill, ArtemisAnswer answer) throws ActiveMQException {
        ServerSession session = sending;
        if (session == null) throw notConnected();
        CoreMessage message = new CoreMessage().initBuffer(BODY);
        message.setDurable(true);
        fill.accept(message);
        message.setAddress(SimpleString.of(address));
        sessions().send(session, message, answer);
    }

    @Override
    public ArtemisSource source(String queue) throws ActiveMQException {
        return new ArtemisServerSource(sessions(), queue);
    }

    @Override
    public ArtemisQueues queues() {
        return queues;
    }

    @Override
    public boolean hasAddress(SimpleString address) throws ActiveMQException {
        return sessions().ask(server -> server.addressQuery(address).isExists());
    }

    @Override
    public void createAddress(SimpleString address, EnumSet<RoutingType> types) throws ActiveMQException {
        var unused = sessions().ask(server -> server.addAddressInfo(new AddressInfo(address, types)));
    }

    @Override
    public boolean hasQueue(SimpleString queue) throws ActiveMQException {
        return sessions().ask(server -> server.locateQueue(queue) != null);
    }

    @Override
    public void createQueue(QueueConfiguration queue) throws ActiveMQException {
        var unused = sessions().ask(server -> server.createQueue(queue));
    }

    private ArtemisServerSessions sessions() throws ActiveMQException {
        if (sessions == null) throw notConnected();
        return sessions;
    }

    private static ActiveMQException notConnected() {
        return new ActiveMQException(ActiveMQExceptionType.NOT_CONNECTED);
    }

    @Override
    public void close() {
        queues.forget();
        ArtemisServerSessions open = sessions;
        sending = null;
        sessions = null;
        if (open != null) open.end();
    }

    @Override
    public void end() {
        close();
    }
}
