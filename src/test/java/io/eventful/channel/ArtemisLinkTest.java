package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.channel.Channels.Receiver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQNonExistentQueueException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A queue that is missing, or not allowed, is asked for again every few seconds, perhaps for days. */
class ArtemisLinkTest {

    private static final int NUMBER = 4712;

    @TempDir
    Path folder;

    @Test
    void aQueueThatIsMissingLeavesNoSessionAtTheEmbeddedBroker() throws Exception {
        EmbeddedArtemis embedded = new EmbeddedArtemis(ChannelFixture.EMBEDDED, folder);
        embedded.start();
        ArtemisServerLink link = new ArtemisServerLink(embedded, Runnable::run);
        try {
            link.open(() -> {});
            ArtemisServerSessions sessions = embedded.sessions(() -> {});
            int before = sessions.ask(server -> server.getSessions().size());
            refuses(link);
            int after = sessions.ask(server -> server.getSessions().size());
            assertThat(after).isEqualTo(before);
        } finally {
            link.end();
            embedded.stop();
        }
    }

    @Test
    void aQueueThatIsMissingLeavesNoSessionAtAnotherBroker() throws Exception {
        ActiveMQServer server = new ActiveMQServerImpl(new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setPersistenceEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration(
                        new TransportConfiguration(InVMAcceptorFactory.class.getName(), Map.of("serverId", NUMBER))));
        server.start();
        ArtemisClientLink link = new ArtemisClientLink(ChannelFixture.external("vm://" + NUMBER, null, null));
        try {
            link.open(() -> {});
            int before = server.getSessions().size();
            refuses(link);
            assertThat(server.getSessions()).hasSize(before);
        } finally {
            link.end();
            server.stop();
        }
    }

    /** By itself the broker takes its consumer away, and what is under way with it. */
    @Test
    void whatCannotBeTakenEndsTheSourceWhileWhatIsUnderWayCanBeAcknowledged() throws Exception {
        BrokerSettings settings = ChannelFixture.artemis(ChannelFixture.EMBEDDED, ChannelFixture.consume(16, 2));
        EmbeddedArtemis embedded = new EmbeddedArtemis(settings.artemis(), folder);
        ArtemisServerLink link = new ArtemisServerLink(embedded, Runnable::run);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        String queue = QueueNames.of("c", "a");
        BlockingQueue<Long> received = new LinkedBlockingQueue<>();
        CompletableFuture<Void> underWay = new CompletableFuture<>();
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(1);
        Executor onlyOne = work -> {
            if (begun.incrementAndGet() > 1) throw new IllegalStateException("no thread");
            work.run();
        };
        try (ArtemisBroker broker = new ArtemisBroker(settings, embedded)) {
            broker.start();
            broker.declare("c", "a").toCompletableFuture().join();
            for (int i = 1; i <= 2; i++)
                broker.send("c", ChannelFixture.event("/k/" + i, i))
                        .toCompletableFuture()
                        .join();
            link.open(() -> {});
            ArtemisConsumer first = new ArtemisConsumer(
                    broker,
                    "c",
                    queue,
                    link.source(queue),
                    new Dispatcher("c", "a", event -> underWay, settings.consume(), onlyOne, timer, new DeadLetters()));
            first.start(ended::countDown);
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
            underWay.complete(null);
            first.close();
            Receiver receiver = event -> {
                received.add(event.position());
                return CompletableFuture.completedStage(null);
            };
            Dispatcher well =
                    new Dispatcher("c", "a", receiver, settings.consume(), Runnable::run, timer, new DeadLetters());
            new ArtemisConsumer(broker, "c", queue, link.source(queue), well).start(() -> {});
            assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(2);
            assertThat(received).isEmpty();
        } finally {
            link.end();
            timer.shutdownNow();
        }
    }

    /** It may hold ids in memory whose events it could not write: their repeats would look like written ones. */
    @Test
    void aServerWhoseDiskHasFailedIsUsedNoMoreButTheNextOneIs() throws Exception {
        EmbeddedArtemis embedded = new EmbeddedArtemis(ChannelFixture.EMBEDDED, folder);
        embedded.start();
        try {
            CountDownLatch ended = new CountDownLatch(1);
            ArtemisServerSessions failing = embedded.sessions(ended::countDown);
            embedded.fail(embedded.server(), new IOException("no space"));
            assertThat(failing.isRunning()).isFalse();
            // Whoever asks again is the one who is told from then on, so both count.
            assertThatThrownBy(() -> embedded.sessions(ended::countDown)).isInstanceOf(ActiveMQException.class);
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
            await().ignoreException(ActiveMQException.class).until(() -> {
                embedded.revive();
                return embedded.sessions(() -> {}).isRunning();
            });
        } finally {
            embedded.stop();
        }
    }

    private static void refuses(ArtemisLink link) throws ActiveMQException {
        for (int i = 0; i < 3; i++)
            assertThatThrownBy(() -> link.source("nowhere")).isInstanceOf(ActiveMQNonExistentQueueException.class);
    }
}
