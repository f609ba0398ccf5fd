package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventful.event.Event;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers that publish in transactions. */
class KafkaTransactionsIT {

    private static final TopicPartition PARTITION = new TopicPartition("c", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void whatWasTakenBackIsNotReceivedAndTheEndOfATransactionIsNoLag() throws Exception {
        assumeTrue(KafkaServer.available(), "no Kafka artefacts: run through Maven");
        try (KafkaServer server = KafkaServer.start(folder)) {
            BrokerSettings settings =
                    ChannelFixture.kafka(server.bootstrapServers(), Map.of(), ChannelFixture.consume(16, 1));
            try (KafkaBroker broker = new KafkaBroker(settings, KafkaMembers.nameless());
                    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                            Map.of("bootstrap.servers", server.bootstrapServers(), "transactional.id", "t"),
                            new ByteArraySerializer(),
                            new ByteArraySerializer());
                    Admin admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()))) {
                new KafkaStranger(server).create("c", 1 << 20);
                broker.start();
                broker.declare("c", "a").toCompletableFuture().get(30, TimeUnit.SECONDS);
                broker.subscribe("c", "a", dispatcher(settings));
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(event("aborted")).get(30, TimeUnit.SECONDS);
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(event("committed")).get(30, TimeUnit.SECONDS);
                producer.commitTransaction();
                await().atMost(PATIENCE).until(() -> !received.isEmpty());
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(committed(admin, QueueNames.of("c", "a")))
                                .isEqualTo(end(admin)));
                assertThat(received).extracting(Event::id).containsExactly("committed");
            }
        }
    }

    private Dispatcher dispatcher(BrokerSettings settings) {
        return new Dispatcher(
                "c",
                "a",
                event -> {
                    received.add(event);
                    return CompletableFuture.completedStage(null);
                },
                settings.consume(),
                Runnable::run,
                timer,
                new DeadLetters());
    }

    private static ProducerRecord<byte[], byte[]> event(String id) {
        ProducerRecord<byte[], byte[]> event = new ProducerRecord<>("c", new byte[0]);
        Map.of("ce_specversion", "1.0", "ce_id", id, "ce_source", "/tx", "ce_type", "t")
                .forEach((name, value) -> event.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return event;
    }

    private static long committed(Admin admin, String group) throws Exception {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(30, TimeUnit.SECONDS)
                .get(PARTITION)
                .offset();
    }

    private static long end(Admin admin) throws Exception {
        return admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                .partitionResult(PARTITION)
                .get(30, TimeUnit.SECONDS)
                .offset();
    }
}
