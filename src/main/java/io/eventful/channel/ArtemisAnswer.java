package io.eventful.channel;

import io.eventful.channel.Outbox.Parcel;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.client.SendAcknowledgementHandler;

/** Takes the broker's answer to one message. */
record ArtemisAnswer(ArtemisSender sender, Parcel<Consumer<ICoreMessage>> parcel)
        implements SendAcknowledgementHandler {

    private static final Set<ActiveMQExceptionType> BROKEN = EnumSet.of(
            ActiveMQExceptionType.UNBLOCKED,
            ActiveMQExceptionType.NOT_CONNECTED,
            ActiveMQExceptionType.DISCONNECTED,
            ActiveMQExceptionType.OBJECT_CLOSED,
            ActiveMQExceptionType.CONNECTION_TIMEDOUT,
            ActiveMQExceptionType.REMOTE_DISCONNECT);

    /** The broker has the message on disk. */
    void acknowledged() {
        sender.acknowledged(parcel);
    }

    @Override
    public void sendAcknowledged(Message message) {
        acknowledged();
    }

    @Override
    public void sendFailed(Message message, Exception reason) {
        // A broken connection is no refusal: the message is sent again on the next one.
        if (reason instanceof ActiveMQException e && BROKEN.contains(e.getType())) return;
        sender.refused(parcel, reason);
    }
}
