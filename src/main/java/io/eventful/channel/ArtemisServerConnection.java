package io.eventful.channel;

import org.apache.activemq.artemis.core.management.impl.ManagementRemotingConnection;
import org.apache.activemq.artemis.spi.core.remoting.ReadyListener;

/** What the embedded broker takes for the connection of a session that has none. */
final class ArtemisServerConnection extends ManagementRemotingConnection {

    private static final String NAME = "eventful";

    @Override
    public Object getID() {
        return NAME;
    }

    @Override
    public String getRemoteAddress() {
        return NAME;
    }

    @Override
    public String getTransportLocalAddress() {
        return NAME;
    }

    @Override
    public String getProtocolName() {
        return NAME;
    }

    /** Without it the broker would end the connection when the disk is full; the gateway asks before it sends. */
    @Override
    public boolean isSupportsFlowControl() {
        return true;
    }

    @Override
    public boolean isWritable(ReadyListener listener) {
        return true;
    }
}
