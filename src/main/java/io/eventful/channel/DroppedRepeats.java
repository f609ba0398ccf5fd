package io.eventful.channel;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.postoffice.RoutingStatus;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/**
 * Counts the events that the embedded broker drops as repeats: {@code eventful_channel_repeats_dropped_total}. A few follow
 * a kill or a reload of the routes; without end they mean that another gateway has the same ids.
 */
final class DroppedRepeats implements ActiveMQServerMessagePlugin {

    private final LongAdder dropped = new LongAdder();

    @Override
    public void afterSend(
            ServerSession session,
            Transaction transaction,
            Message message,
            boolean direct,
            boolean noAutoCreateQueue,
            RoutingStatus result) {
        if (result == RoutingStatus.DUPLICATED_ID) dropped.increment();
    }

    /** Since the start of the gateway. */
    long count() {
        return dropped.sum();
    }

    void bind(MeterRegistry registry) {
        FunctionCounter.builder("eventful.channel.repeats.dropped", this, DroppedRepeats::count)
                .description("events that the embedded broker dropped, because it had their id")
                .register(registry);
    }
}
