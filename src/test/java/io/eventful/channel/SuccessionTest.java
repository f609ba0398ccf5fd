package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.channel.Channels.Orphan;
import io.eventful.event.Event;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SuccessionTest {

    /** Runs nothing by itself. */
    private static final class Later extends ScheduledThreadPoolExecutor {
        final Queue<Runnable> tasks = new ArrayDeque<>();

        Later() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            tasks.add(task);
            return super.schedule(() -> {}, 0, TimeUnit.NANOSECONDS);
        }
    }

    private static final class Former implements Broker {
        OptionalLong kept = OptionalLong.of(0);
        int faults;
        int closed;

        @Override
        public void start() {}

        @Override
        public CompletionStage<Void> send(String destination, Event event) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> declare(String destination, String consumer) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public Subscription subscribe(String destination, String consumer, Dispatcher dispatcher) {
            return () -> closed++;
        }

        @Override
        public List<Orphan> orphans() {
            return List.of();
        }

        @Override
        public OptionalLong kept(String destination, String consumer) {
            if (faults-- > 0) throw new IllegalStateException("on purpose");
            return kept;
        }

        @Override
        public void expire() {}

        @Override
        public Condition condition() {
            return Condition.CONNECTED;
        }

        @Override
        public void close() {}
    }

    private final Later timer = new Later();
    private final Queue<Runnable> workers = new ArrayDeque<>();
    private final List<Long> received = new CopyOnWriteArrayList<>();
    private final Former former = new Former();
    private final Broker next = new InProcessBroker().connect();

    private Succession succession() {
        Dispatcher dispatcher = new Dispatcher(
                "c",
                "a",
                event -> {
                    received.add(event.position());
                    return CompletableFuture.completedStage(null);
                },
                ChannelFixture.consume(16, 2),
                Runnable::run,
                timer,
                new DeadLetters());
        return new Succession(
                        List.of(new Target(former, "c")), new Target(next, "c"), "a", dispatcher, timer, workers::add)
                .start();
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void aFormerBrokerThatIsDownForAWhileIsAskedAgain() {
        try (Succession running = succession()) {
            assertThat(running).isNotNull();
            next.send("c", ChannelFixture.event("/k/1", 1));
            former.kept = OptionalLong.empty();
            look();
            assertThat(former.closed).isZero();
            former.kept = OptionalLong.of(0);
            look();
            assertThat(former.closed).isOne();
            await().untilAsserted(() -> assertThat(received).containsExactly(1L));
        }
    }

    @Test
    void aFaultDoesNotEndTheMove() {
        try (Succession running = succession()) {
            assertThat(running).isNotNull();
            former.faults = 1;
            look();
            assertThat(former.closed).isZero();
            look();
            assertThat(former.closed).isOne();
        }
    }

    /** Closing the subscription to the former broker may take 15 s, and all retries of events wait for the timer. */
    @Test
    void theTimerIsNotHeldUp() {
        try (Succession running = succession()) {
            assertThat(running).isNotNull();
            timer.tasks.remove().run();
            assertThat(former.closed).isZero();
            workers.remove().run();
            assertThat(former.closed).isOne();
        }
    }

    private void look() {
        timer.tasks.remove().run();
        while (!workers.isEmpty()) workers.remove().run();
    }
}
