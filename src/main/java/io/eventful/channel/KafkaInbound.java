package io.eventful.channel;

import io.eventful.channel.Prefix.Entry;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A record of an assigned partition. */
record KafkaInbound(
        KafkaBroker broker,
        KafkaOffsets.Partition partition,
        ConsumerRecord<byte[], byte[]> message,
        Content content,
        Entry<Long> entry)
        implements Inbound {

    TopicPartition at() {
        return new TopicPartition(message.topic(), message.partition());
    }

    @Override
    public int size() {
        return Math.max(0, message.serializedValueSize());
    }

    @Override
    public boolean alive() {
        return partition.alive();
    }

    @Override
    public void done() {
        partition.prefix().finish(entry);
    }

    @Override
    public CompletionStage<Void> bury(Grave grave) {
        return broker.offer(KafkaMessages.bury(QueueNames.dead(message.topic()), message, grave));
    }
}
