package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InboxTest {

    private static final int WINDOW = 8;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final List<CompletableFuture<Void>> underWay = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }

    private Inbox inbox(Channels.Receiver receiver, Executor executor) {
        return new Inbox(
                new Dispatcher(
                        "c", "a", receiver, ChannelFixture.consume(WINDOW, 2), executor, timer, new DeadLetters()),
                asked::incrementAndGet);
    }

    private CompletionStage<Void> hang(Event event) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        underWay.add(done);
        return done;
    }

    /** Pushes messages of a size until there is no room; how many. */
    private static int fill(Inbox inbox, int size) {
        int pushed = 0;
        while (inbox.hasRoom()) inbox.add(new Message(ChannelFixture.event("/k/" + pushed, ++pushed), size));
        return pushed;
    }

    private void endOne() {
        underWay.removeFirst().complete(null);
    }

    @Test
    void whatTheDispatcherHasNoRoomForWaitsAndTheBrokerIsToStop() {
        Inbox inbox = inbox(this::hang, Runnable::run);
        assertThat(fill(inbox, 10)).isEqualTo(WINDOW + 128);
        assertThat(underWay).hasSize(WINDOW);
        asked.set(0);
        endOne();
        assertThat(underWay).hasSize(WINDOW);
        assertThat(inbox.hasRoom()).isTrue();
        // Enough is left for those that end next.
        assertThat(asked).hasValue(0);
        for (int i = 0; i < 62; i++) endOne();
        assertThat(asked).hasValue(0);
        endOne();
        assertThat(asked).hasPositiveValue();
        assertThat(underWay).hasSize(WINDOW);
    }

    @Test
    void fewLargeMessagesAreEnough() {
        Inbox inbox = inbox(this::hang, Runnable::run);
        assertThat(fill(inbox, 600_000)).isEqualTo(WINDOW + 2);
    }

    @Test
    void aMessageThatCannotBeBegunDoesNotHoldUpThoseAfterIt() {
        AtomicInteger begun = new AtomicInteger();
        Inbox inbox = inbox(this::hang, work -> {
            if (begun.incrementAndGet() == 1) throw new IllegalStateException("no thread");
            work.run();
        });
        assertThatThrownBy(() -> inbox.add(new Message(ChannelFixture.event("/a", 1), 10)))
                .hasMessage("no thread");
        inbox.add(new Message(ChannelFixture.event("/b", 2), 10));
        assertThat(underWay).hasSize(1);
    }

    @Test
    @Timeout(30)
    void messagesThatArePushedWhileOthersEndAreAllReceivedInTheOrderOfTheirKey() {
        int count = 20_000;
        int keys = 50;
        Map<String, List<Long>> received = new HashMap<>();
        AtomicInteger all = new AtomicInteger();
        Inbox inbox = inbox(
                event -> {
                    synchronized (received) {
                        received.computeIfAbsent(event.key(), fresh -> new ArrayList<>())
                                .add(event.position());
                    }
                    all.incrementAndGet();
                    return CompletableFuture.completedStage(null);
                },
                workers);
        for (int i = 1; i <= count; i++) {
            while (!inbox.hasRoom()) Thread.onSpinWait();
            inbox.add(new Message(ChannelFixture.event("/k/" + i % keys, i), 10));
        }
        await().until(() -> all.get() == count);
        assertThat(received).hasSize(keys);
        assertThat(received.values())
                .allSatisfy(
                        positions -> assertThat(positions).hasSize(count / keys).isSorted());
    }

    private record Message(Event event, int size) implements Inbound {

        @Override
        public Content content() {
            return new Readable(event);
        }

        @Override
        public boolean alive() {
            return true;
        }

        @Override
        public void done() {}

        @Override
        public CompletionStage<Void> bury(Grave grave) {
            return CompletableFuture.completedStage(null);
        }
    }
}
