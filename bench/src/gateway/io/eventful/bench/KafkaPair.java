package io.eventful.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's own clients, with as many partitions and the same promises as the gateway's. */
final class KafkaPair extends Pair {

    private static final String TOPIC = "bare";
    private static final int PARTITIONS = 6;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread consumer;

    KafkaPair(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            // Until the leaders answer, a producer's first batches can come out of order for good (KAFKA-15591).
            admin.listOffsets(IntStream.range(0, PARTITIONS)
                            .boxed()
                            .collect(Collectors.toMap(
                                    partition -> new TopicPartition(TOPIC, partition),
                                    partition -> OffsetSpec.latest())))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "acks", "all", "linger.ms", 2, "batch.size", 64 << 10),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = Thread.ofPlatform().daemon().name("bare-consumer").start(() -> consume(servers));
    }

    private void consume(String servers) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                "bare",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            while (!ended()) {
                received.addAndGet(consumer.poll(Duration.ofMillis(100)).count());
                consumer.commitAsync();
            }
        }
    }

    @Override
    void send(long number) {
        byte[] key = ("/customers/" + number).getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(TOPIC, key, BODY), (metadata, failure) -> room.release());
    }

    @Override
    public void close() throws Exception {
        end();
        producer.close();
        consumer.join();
    }
}
