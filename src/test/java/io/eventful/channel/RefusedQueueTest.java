package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.channel.BrokerSettings.Consume;
import io.eventful.event.Event;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker whose operator lets the gateway send, but not create the queues of its consumers. */
class RefusedQueueTest extends BrokerFixture {

    private static final int NUMBER = 4712;

    private final Rights rights = new Rights();
    private final ActiveMQServer server = new ActiveMQServerImpl(
            new ConfigurationImpl()
                    .setSecurityEnabled(true)
                    .setSecurityInvalidationInterval(0)
                    .setPersistenceEnabled(false)
                    .setJMXManagementEnabled(false)
                    .addAcceptorConfiguration(new TransportConfiguration(
                            InVMAcceptorFactory.class.getName(), Map.of("serverId", NUMBER))),
            rights);

    private static final class Rights implements ActiveMQSecurityManager {
        private volatile boolean queues;

        @Override
        public boolean validateUser(String user, String password) {
            return true;
        }

        @Override
        public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType check) {
            return queues || check != CheckType.CREATE_DURABLE_QUEUE;
        }
    }

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
        return ChannelFixture.artemis(ChannelFixture.external("vm://" + NUMBER, "user", "secret"), consume);
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
    void nothingIsSentThatAConsumerWithoutAQueueWouldMiss() {
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        channels.consume(channel, "a", into(received));
        assertThatThrownBy(() -> publish(ChannelFixture.event("/k/1", 1)))
                .hasRootCauseInstanceOf(ChannelUnavailableException.class)
                .hasMessageContaining("would miss the event");
        rights.queues = true;
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            publish(ChannelFixture.event("/k/1", 2));
            return true;
        });
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(received).extracting(Event::position).contains(2L));
    }

    @Test
    void aConsumerThatEndsWithoutAQueueHoldsUpNobody() {
        Channels.Consumption refused = channels.consume(channel, "a", into(new ConcurrentLinkedQueue<>()));
        assertThatThrownBy(() -> publish(ChannelFixture.event("/k/1", 1))).hasMessageContaining("would miss the event");
        refused.close();
        publish(ChannelFixture.event("/k/1", 2));
    }
}
