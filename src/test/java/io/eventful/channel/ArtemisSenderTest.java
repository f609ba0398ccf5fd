package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArtemisSenderTest {

    private final BrokerThread thread = new BrokerThread("test");
    private final Link link = new Link();
    private final AtomicInteger broken = new AtomicInteger();
    private final ArtemisSender sender =
            new ArtemisSender(ChannelFixture.PUBLISH, link, new ArtemisDeclarations(link), thread, this::broken);

    @AfterEach
    void close() {
        thread.end(() -> {});
    }

    private void broken() {
        broken.incrementAndGet();
        link.close();
        sender.disconnected();
    }

    /** The context of a session that has seen an error tells of nothing else any more. */
    @Test
    void whatTheBrokerCouldNotWriteIsSentAgainOnAnotherSession() {
        CompletableFuture<Void> first = sender.send("c", ChannelFixture.event("/a", 1));
        CompletableFuture<Void> second = sender.send("c", ChannelFixture.event("/b", 2));
        await().until(() -> link.sent.size() == 2);
        while (!link.sent.isEmpty()) link.sent.remove().onError(1, "no space");
        thread.await(() -> {});
        assertThat(broken).hasValue(1);
        assertThat(first).isNotDone();
        link.open = true;
        sender.wake();
        await().until(() -> link.sent.size() == 2);
        while (!link.sent.isEmpty()) link.sent.remove().done();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    private static final class Link implements ArtemisLink {

        private final Queue<ArtemisAnswer> sent = new ConcurrentLinkedQueue<>();
        private volatile boolean open = true;

        @Override
        public void open(Runnable broken) {
            open = true;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public boolean isBroken() {
            return !open;
        }

        @Override
        public void send(String address, Consumer<ICoreMessage> fill, ArtemisAnswer answer) {
            sent.add(answer);
        }

        @Override
        public ArtemisSource source(String queue) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void address(String address) {}

        @Override
        public void queue(String address, String queue) {}

        @Override
        public void forget(String address) {}

        @Override
        public void close() {
            open = false;
        }

        @Override
        public void end() {
            close();
        }
    }
}
