package io.eventful.channel;

import org.apache.activemq.artemis.api.core.ActiveMQException;

/** The messages of one queue, on one session: what came with it can be acknowledged on it alone. */
interface ArtemisSource {

    /** A message that came. */
    interface Received {

        ArtemisMail mail();

        /** Acknowledges this one and all that came before and are not acknowledged yet. */
        void acknowledge() throws ActiveMQException;

        /** Acknowledges this one alone. */
        void acknowledgeAlone() throws ActiveMQException;
    }

    /** Begins; {@code ended} is told, on any thread, when no more can come. */
    void start(ArtemisConsumer consumer, Runnable ended) throws ActiveMQException;

    /** There is room for what waits. Any thread. */
    void wake();

    /** Ends the session. What is not acknowledged comes again. */
    void close() throws ActiveMQException;
}
