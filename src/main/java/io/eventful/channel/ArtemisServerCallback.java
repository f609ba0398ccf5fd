package io.eventful.channel;

import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.spi.core.protocol.SessionCallback;
import org.apache.activemq.artemis.spi.core.remoting.ReadyListener;

/** What a session of the embedded broker tells its owner; by itself it takes no messages and needs no credits. */
class ArtemisServerCallback implements SessionCallback {

    @Override
    public boolean hasCredits(ServerConsumer consumer) {
        return false;
    }

    @Override
    public int sendMessage(MessageReference reference, ServerConsumer consumer, int deliveries) {
        throw new IllegalStateException("This session has no consumer");
    }

    /** Consumers are made without it, so large messages come as others do. */
    @Override
    public int sendLargeMessage(MessageReference reference, ServerConsumer consumer, long size, int deliveries) {
        throw new IllegalStateException("Consumers take large messages whole");
    }

    @Override
    public int sendLargeMessageContinuation(ServerConsumer consumer, byte[] body, boolean more, boolean answer) {
        throw new IllegalStateException("Consumers take large messages whole");
    }

    @Override
    public boolean isWritable(ReadyListener listener, Object context) {
        return true;
    }

    /** Whether the broker counts the attempt of a message that was taken and let go; it never ends one for that. */
    @Override
    public boolean updateDeliveryCountAfterCancel(ServerConsumer consumer, MessageReference reference, boolean failed) {
        return false;
    }

    @Override
    public void disconnect(ServerConsumer consumer, String reason) {}

    @Override
    public void afterDelivery() {}

    @Override
    public void sendProducerCreditsMessage(int credits, SimpleString address) {}

    @Override
    public void sendProducerCreditsFailMessage(int credits, SimpleString address) {}

    @Override
    public void closed() {}

    @Override
    public void browserFinished(ServerConsumer consumer) {}
}
