package io.eventful.channel;

import io.eventful.event.Activity;
import io.eventful.event.Event;
import io.eventful.event.EventJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A broker in this process, for route tests: it keeps the promises of the real ones, but not over the end of the process,
 * and needs no socket and no disk. Its queues outlive the connections to it.
 */
public final class InProcessBroker implements Activity {

    /** Every queue of a destination, by consumer. Guarded by this, as are the queues. */
    private final Map<String, Map<String, InProcessQueue>> destinations = new LinkedHashMap<>();

    private final Map<String, Set<String>> seen = new LinkedHashMap<>();
    private final List<DeadLetter> dead = new ArrayList<>();

    /**
     * An event that a consumer gave up.
     *
     * @param channel where it was consumed
     * @param consumer who failed, the id of a route
     * @param reason short text, quotes no body
     * @param attempts how often it was tried
     */
    public record DeadLetter(String channel, String consumer, String reason, int attempts, Event event) {}

    /** The dead letters of all consumers, oldest first. */
    public synchronized List<DeadLetter> dead() {
        return List.copyOf(dead);
    }

    @Override
    public synchronized boolean busy() {
        return queues().stream().anyMatch(InProcessQueue::busy);
    }

    @Override
    public synchronized int open() {
        return queues().stream().mapToInt(InProcessQueue::open).sum();
    }

    private List<InProcessQueue> queues() {
        return destinations.values().stream()
                .flatMap(queues -> queues.values().stream())
                .toList();
    }

    /** A connection of its own for each user. */
    Broker connect() {
        return new Connection();
    }

    /** A repeat of an event id is left out, as Artemis does it. */
    private synchronized void publish(String destination, Event event) {
        if (!seen.computeIfAbsent(destination, absent -> new HashSet<>()).add(event.source() + " " + event.id()))
            return;
        append(destination, copy(event));
    }

    private void append(String destination, Event event) {
        destinations
                .computeIfAbsent(destination, absent -> new LinkedHashMap<>())
                .values()
                .forEach(queue -> queue.add(event));
    }

    /** What a consumer gets has passed a wire: the attributes and the data, and nothing else that the object knew. */
    private static Event copy(Event event) {
        byte[] attributes = EventJson.write(event.withData(new byte[0]));
        return EventJson.read(attributes).withData(event.data().clone());
    }

    private synchronized InProcessQueue queue(String destination, String consumer) {
        return destinations
                .computeIfAbsent(destination, absent -> new LinkedHashMap<>())
                .computeIfAbsent(consumer, absent -> new InProcessQueue(this));
    }

    /** Keeps a message that was given up, and publishes it where dead letters go. */
    synchronized void bury(String destination, Event event, Inbound.Grave grave) {
        dead.add(new DeadLetter(grave.channel(), grave.consumer(), grave.reason(), grave.attempts(), event));
        append(QueueNames.dead(destination), event);
    }

    private final class Connection implements Broker {

        private final Set<Subscription> subscriptions = new HashSet<>();

        @Override
        public void start() {
            // Nothing to reach.
        }

        @Override
        public CompletionStage<Void> send(String destination, Event event) {
            publish(destination, event);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> declare(String destination, String consumer) {
            if (!consumer.equals(QueueNames.NOBODY)) queue(destination, consumer);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Subscription subscribe(String destination, String consumer, Dispatcher dispatcher) {
            Subscription subscription = queue(destination, consumer).subscribe(destination, dispatcher);
            synchronized (InProcessBroker.this) {
                subscriptions.add(subscription);
            }
            return subscription;
        }

        @Override
        public List<Channels.Orphan> orphans() {
            return List.of();
        }

        @Override
        public void expire() {
            // Nothing waits.
        }

        @Override
        public Condition condition() {
            return Condition.CONNECTED;
        }

        @Override
        public void close() {
            List<Subscription> open;
            synchronized (InProcessBroker.this) {
                open = List.copyOf(subscriptions);
                subscriptions.clear();
            }
            open.forEach(Subscription::close);
        }
    }
}
