package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A member whose records do not fit the window at once. */
class KafkaWindowTest {

    private static final TopicPartition PARTITION = new TopicPartition("c", 0);
    private static final int RECORDS = 400;
    private static final int WINDOW = 2;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger polls = new AtomicInteger();
    private final BrokerSettings settings =
            ChannelFixture.kafka("127.0.0.1:9", Map.of(), ChannelFixture.consume(WINDOW, 2));
    private final KafkaSubscription subscription = new KafkaSubscription(
            new KafkaBroker(settings, KafkaMembers.nameless()),
            (group, member) -> new Client(),
            KafkaMembers.nameless(),
            "c",
            "a",
            new Dispatcher(
                    "c",
                    "a",
                    event -> CompletableFuture.runAsync(received::incrementAndGet, workers),
                    settings.consume(),
                    workers,
                    timer,
                    new DeadLetters()),
            settings.consume());

    /** A client to a topic with many events, all of which come with its first poll. */
    private final class Client extends MockConsumer<byte[], byte[]> {

        Client() {
            super("earliest");
            schedulePollTask(() -> {
                rebalance(List.of(PARTITION));
                updateBeginningOffsets(Map.of(PARTITION, 0L));
                for (int i = 0; i < RECORDS; i++) {
                    String event =
                            "{\"specversion\":\"1.0\",\"id\":\"e%1$d\",\"source\":\"/s\",\"type\":\"t\",\"subject\":\"%1$d\"}";
                    byte[] body = event.formatted(i).getBytes(StandardCharsets.UTF_8);
                    addRecord(new ConsumerRecord<>("c", 0, i, null, body));
                }
            });
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            // Later all may be taken, and then the client polls for what does not come.
            if (received.get() < RECORDS - WINDOW) polls.incrementAndGet();
            return super.poll(timeout);
        }
    }

    @AfterEach
    void close() {
        subscription.close();
        timer.shutdownNow();
        workers.shutdownNow();
    }

    /** A poll for each place that becomes free would make the window's size, and not the receiver, the limit. */
    @Test
    void theyAreTakenAsRoomBecomesFreeWithoutAPollForEach() {
        subscription.start();
        await().atMost(Duration.ofSeconds(30)).untilAtomic(received, org.hamcrest.Matchers.is(RECORDS));
        assertThat(polls.get()).isLessThan(RECORDS / 8);
    }
}
