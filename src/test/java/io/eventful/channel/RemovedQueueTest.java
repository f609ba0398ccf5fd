package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.channel.BrokerSettings.Consume;
import io.eventful.event.Event;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker whose operator removes queues. */
class RemovedQueueTest extends BrokerFixture {

    private static final int NUMBER = 4711;

    private final ActiveMQServer server = new ActiveMQServerImpl(new ConfigurationImpl()
            .setSecurityEnabled(false)
            .setPersistenceEnabled(false)
            .setJMXManagementEnabled(false)
            .addAcceptorConfiguration(
                    new TransportConfiguration(InVMAcceptorFactory.class.getName(), Map.of("serverId", NUMBER))));

    @BeforeEach
    @Override
    void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        super.start();
    }

    @AfterEach
    void stopServer() throws Exception {
        server.stop();
    }

    @Override
    BrokerSettings settings(Consume consume) {
        return ChannelFixture.artemis(ChannelFixture.external("vm://" + NUMBER, null, null), consume);
    }

    @Override
    Broker broker(BrokerSettings settings, Path data) {
        return new ArtemisBroker(settings, null);
    }

    @Override
    boolean suppressesRepeats() {
        return true;
    }

    @Override
    Channels another() {
        return channels;
    }

    @Test
    void aQueueThatIsRemovedWhileItIsConsumedIsMadeAgain() throws Exception {
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        channels.consume(channel, "a", into(received));
        publish(ChannelFixture.event("/k/1", 1));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).hasSize(1));
        SimpleString queue = SimpleString.of(QueueNames.of(channel, "a"));
        server.destroyQueue(queue, null, false, true);
        await().atMost(PATIENCE).until(() -> server.locateQueue(queue) != null);
        publish(ChannelFixture.event("/k/1", 2));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(received).extracting(Event::position).containsExactly(1L, 2L));
    }
}
