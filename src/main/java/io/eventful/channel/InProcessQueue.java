package io.eventful.channel;

import io.eventful.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The durable queue of one consumer, which several subscriptions may share: each key belongs to one of them as long as
 * that is there. What a subscription has not done when it ends comes again. Guarded by its broker.
 */
final class InProcessQueue {

    private final InProcessBroker broker;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();
    private final Map<String, Running> owners = new HashMap<>();

    InProcessQueue(InProcessBroker broker) {
        this.broker = broker;
    }

    /** A message, and who has it now. */
    private static final class Entry {
        final Event event;

        @Nullable
        Running holder;

        Entry(Event event) {
            this.event = event;
        }
    }

    void add(Event event) {
        entries.add(new Entry(event));
        hand();
    }

    boolean busy() {
        return running.stream().anyMatch(Running::busy);
    }

    /** Nobody consumes a queue without a subscription, so nobody waits for it. */
    int open() {
        return running.isEmpty() ? 0 : entries.size();
    }

    Broker.Subscription subscribe(String destination, Dispatcher dispatcher) {
        Running started = new Running(destination, dispatcher);
        synchronized (broker) {
            running.add(started);
            hand();
        }
        started.thread.start();
        return started;
    }

    /** Gives what nobody has to the owner of its key. */
    private void hand() {
        if (running.isEmpty()) return;
        for (Entry entry : entries) {
            if (entry.holder != null) continue;
            Running owner = owners.computeIfAbsent(entry.event.key(), key -> least());
            entry.holder = owner;
            owner.coming++;
            owner.inbox.add(entry);
        }
    }

    private Running least() {
        return running.stream()
                .min(Comparator.comparingLong(
                        each -> owners.values().stream().filter(each::equals).count()))
                .orElseThrow();
    }

    private final class Running implements Broker.Subscription {

        final String destination;
        final Dispatcher dispatcher;
        final LinkedBlockingQueue<Entry> inbox = new LinkedBlockingQueue<>();
        final Thread thread = Thread.ofVirtual().name("in-process").unstarted(this::pass);
        /** Messages that the dispatcher does not have yet. */
        private int coming;

        Running(String destination, Dispatcher dispatcher) {
            this.destination = destination;
            this.dispatcher = dispatcher;
        }

        boolean busy() {
            return coming > 0 || dispatcher.busy();
        }

        private void pass() {
            try {
                while (true) {
                    Entry entry = inbox.take();
                    if (!dispatcher.accept(new Message(this, entry))) return;
                    synchronized (broker) {
                        coming--;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            thread.interrupt();
            synchronized (broker) {
                if (!running.remove(this)) return;
                inbox.clear();
                owners.values().removeIf(this::equals);
                for (Entry entry : entries) if (entry.holder == this) entry.holder = null;
                hand();
            }
        }
    }

    private final class Message implements Inbound {

        private final Running holder;
        private final Entry entry;

        Message(Running holder, Entry entry) {
            this.holder = holder;
            this.entry = entry;
        }

        @Override
        public Content content() {
            return new Readable(entry.event);
        }

        @Override
        public int size() {
            return entry.event.data().length;
        }

        @Override
        public boolean alive() {
            synchronized (broker) {
                return entry.holder == holder;
            }
        }

        @Override
        public void done() {
            synchronized (broker) {
                if (entry.holder == holder) entries.remove(entry);
            }
        }

        @Override
        public CompletionStage<Void> bury(Grave grave) {
            broker.bury(holder.destination, entry.event, grave);
            return CompletableFuture.completedFuture(null);
        }
    }
}
