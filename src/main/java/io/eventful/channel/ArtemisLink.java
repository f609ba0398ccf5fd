package io.eventful.channel;

import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ICoreMessage;

/** A connection to Artemis and its one sending session. For one thread; every method may wait for the broker. */
interface ArtemisLink {

    /** Connects; {@code broken} is called, on any thread, when the connection ends by itself. */
    void open(Runnable broken) throws ActiveMQException;

    boolean isOpen();

    /** True when nothing more can be sent on this connection. */
    boolean isBroken();

    /**
     * Sends a durable message, which {@code fill} writes. The answer comes when the broker has it on disk.
     *
     * @throws ActiveMQException when the connection is gone, or the broker refuses the message at once
     */
    void send(String address, Consumer<ICoreMessage> fill, ArtemisAnswer answer) throws ActiveMQException;

    /** A queue's messages, on a session of their own. */
    ArtemisSource source(String queue) throws ActiveMQException;

    /** The addresses and queues of the broker. */
    ArtemisQueues queues();

    /** Closes the connection with all its sessions; {@link #open} may follow. */
    void close();

    /** Ends for good. */
    void end();
}
