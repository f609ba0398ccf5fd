package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a member whose client fails. */
class KafkaSubscriptionTest {

    private static final TopicPartition PARTITION = new TopicPartition("c", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final BrokerSettings settings =
            ChannelFixture.kafka("127.0.0.1:9", Map.of(), ChannelFixture.consume(16, 2));
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Queue<Client> clients = new ConcurrentLinkedQueue<>();
    private final List<Client> opened = new CopyOnWriteArrayList<>();
    private final KafkaSubscription subscription = new KafkaSubscription(
            new KafkaBroker(settings, KafkaMembers.nameless()),
            (group, member) -> open(),
            KafkaMembers.nameless(),
            "c",
            "a",
            new Dispatcher(
                    "c",
                    "a",
                    event -> {
                        received.add(event.id());
                        return CompletableFuture.completedStage(null);
                    },
                    settings.consume(),
                    Runnable::run,
                    timer,
                    new DeadLetters()),
            settings.consume());

    /** A client to a topic with one event. */
    private static final class Client extends MockConsumer<byte[], byte[]> {

        private final Queue<RuntimeException> commits = new ConcurrentLinkedQueue<>();
        final List<Long> committed = new CopyOnWriteArrayList<>();

        Client() {
            super("earliest");
            schedulePollTask(() -> {
                rebalance(List.of(PARTITION));
                updateBeginningOffsets(Map.of(PARTITION, 0L));
                byte[] event = "{\"specversion\":\"1.0\",\"id\":\"e\",\"source\":\"/s\",\"type\":\"t\"}"
                        .getBytes(StandardCharsets.UTF_8);
                addRecord(new ConsumerRecord<>("c", 0, 0, null, event));
            });
        }

        /** None comes through, so that the last one has something to do. */
        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            callback.onComplete(offsets, new TimeoutException("no answer"));
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            RuntimeException failure = commits.poll();
            if (failure != null) throw failure;
            offsets.values().forEach(offset -> committed.add(offset.offset()));
        }
    }

    private Client open() {
        Client client = clients.remove();
        opened.add(client);
        return client;
    }

    private Client client() {
        Client client = new Client();
        clients.add(client);
        return client;
    }

    @AfterEach
    void close() {
        subscription.close();
        timer.shutdownNow();
    }

    /** Without its thread nobody would read the topic any more. */
    @Test
    void whateverItsClientFailsWithTheNextOneReadsOn() {
        for (RuntimeException failure :
                List.of(new IllegalStateException("unforeseen"), new KafkaException("of Kafka's own"))) {
            Client failing = new Client();
            failing.schedulePollTask(() -> {
                throw failure;
            });
            clients.add(failing);
        }
        client();
        subscription.start();
        await().atMost(PATIENCE).until(() -> opened.size() == 3 && received.size() == 3);
        assertThat(opened.get(0).closed()).isTrue();
        assertThat(opened.get(1).closed()).isTrue();
        assertThat(received).containsOnly("e");
    }

    @Test
    void theLastCommitIsMadeAgainWhenTheWakeUpHasMetIt() {
        Client client = client();
        client.commits.add(new WakeupException());
        subscription.start();
        await().atMost(PATIENCE).until(() -> received.size() == 1);
        subscription.close();
        assertThat(client.committed).endsWith(1L);
        assertThat(client.closed()).isTrue();
    }

    @Test
    void aLastCommitThatFailsKeepsNothingOpen() {
        Client client = client();
        client.commits.add(new TimeoutException("no answer"));
        subscription.start();
        await().atMost(PATIENCE).until(() -> received.size() == 1);
        subscription.close();
        assertThat(client.committed).isEmpty();
        assertThat(client.closed()).isTrue();
    }
}
