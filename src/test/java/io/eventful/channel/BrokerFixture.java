package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.channel.Channels.Receiver;
import io.eventful.event.Causes;
import io.eventful.event.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Channels on the broker under test. */
abstract class BrokerFixture {

    static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    /** A channel of its own for each test, as the broker may outlive it. */
    final String channel = "c" + Long.toHexString(new Random().nextLong());

    final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    final Executor later = CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS);
    AnnotationConfigApplicationContext store;
    StoredPublications publications;
    Channels channels;
    final List<AutoCloseable> open = new ArrayList<>();

    /** Settings that name the broker under test. */
    abstract BrokerSettings settings(BrokerSettings.Consume consume);

    /** A broker under test, not yet started. */
    abstract Broker broker(BrokerSettings settings, Path data);

    /** True when a repeated event id reaches consumers once. */
    abstract boolean suppressesRepeats();

    /** Channels of another process, where the broker can be shared. */
    abstract Channels another();

    @BeforeEach
    void start() {
        store = ChannelFixture.store(folder);
        publications = ChannelFixture.publications(store);
        channels = open(ChannelFixture.consume(256, 3));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open.reversed()) each.close();
        timer.shutdownNow();
        store.close();
    }

    final Channels open(BrokerSettings.Consume consume) {
        BrokerSettings settings = settings(consume);
        DefaultChannels opened = new DefaultChannels(
                settings, new ChannelsSettings(Map.of()), publications, kind -> broker(settings, folder), null, timer);
        opened.start();
        open.add(opened);
        return opened;
    }

    final void closeChannels() throws Exception {
        for (AutoCloseable each : open.reversed()) each.close();
        open.clear();
    }

    final void publish(Event event) {
        channels.publish(channel, event)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    final void declare(String consumer) {
        channels.declare(channel, consumer)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /**
     * A broker that nobody runs: everything returns at once, what waits too long or is too much fails, and the end waits
     * for no answer.
     */
    final void assertUnavailable(BrokerSettings away, Broker broker) {
        DefaultChannels cut =
                new DefaultChannels(away, new ChannelsSettings(Map.of()), publications, kind -> broker, null, timer);
        long begin = System.nanoTime();
        cut.start();
        cut.declare(channel, "a");
        cut.consume(channel, "a", event -> CompletableFuture.completedStage(null));
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (int i = 1; i <= 12; i++)
            sent.add(cut.publish(channel, ChannelFixture.event("/k", i)).toCompletableFuture());
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        for (CompletableFuture<Void> each : sent)
            assertThat(each.orTimeout(15, TimeUnit.SECONDS)
                            .handle((ok, failure) -> Causes.of(failure))
                            .join())
                    .isInstanceOf(ChannelUnavailableException.class);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(cut.conditions().values()).containsExactly(Broker.Condition.DISCONNECTED));
        assertThat(publications.after(0, 100)).hasSize(12);
        long end = System.nanoTime();
        cut.close();
        assertThat(Duration.ofNanos(System.nanoTime() - end)).isLessThan(Duration.ofSeconds(4));
    }

    static Receiver into(ConcurrentLinkedQueue<Event> received) {
        return event -> {
            received.add(event);
            return CompletableFuture.completedStage(null);
        };
    }
}
