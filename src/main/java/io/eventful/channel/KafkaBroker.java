package io.eventful.channel;

import io.eventful.channel.Channels.Orphan;
import io.eventful.event.Event;
import java.util.List;
import java.util.concurrent.CompletionStage;

final class KafkaBroker implements Broker {
    KafkaBroker(BrokerSettings settings) {}
    @Override public void start() { throw new IllegalStateException("Kafka is not available yet: set eventful.broker.kind to artemis"); }
    @Override public CompletionStage<Void> send(String destination, Event event) { throw new IllegalStateException("Kafka is not available yet: set eventful.broker.kind to artemis"); }
    @Override public CompletionStage<Void> declare(String destination, String consumer) { throw new IllegalStateException("Kafka is not available yet: set eventful.broker.kind to artemis"); }
    @Override public Subscription subscribe(String destination, String consumer, Dispatcher dispatcher) { throw new IllegalStateException("Kafka is not available yet: set eventful.broker.kind to artemis"); }
    @Override public List<Orphan> orphans() { return List.of(); }
    @Override public void close() {}
}
