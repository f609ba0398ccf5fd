package io.eventful.channel;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.SessionFailureListener;
import org.jspecify.annotations.Nullable;

/** Says that a connection broke. */
record ArtemisBreak(Runnable broken) implements SessionFailureListener {

    @Override
    public void connectionFailed(ActiveMQException reason, boolean failedOver) {
        broken.run();
    }

    @Override
    public void connectionFailed(ActiveMQException reason, boolean failedOver, @Nullable String scaleDownNode) {
        broken.run();
    }

    @Override
    public void beforeReconnect(ActiveMQException reason) {
        // The link does not reconnect by itself: the broker opens a fresh one.
    }
}
