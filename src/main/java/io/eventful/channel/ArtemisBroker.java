package io.eventful.channel;

import io.eventful.channel.Channels.Orphan;
import io.eventful.event.Event;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.utils.actors.OrderedExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Artemis, embedded or external, over the core protocol.
 *
 * <p>One thread owns the connection and does every call that may wait: connecting, declaring, sending and
 * acknowledging, in the order asked for. Sends are pipelined; the broker answers each one when it is on disk.
 */
final class ArtemisBroker implements Broker {

    private static final Logger log = LoggerFactory.getLogger(ArtemisBroker.class);
    private static final Duration HOUSEKEEPING = Duration.ofMillis(500);
    private static final Duration RECONNECT_MAX = Duration.ofSeconds(5);

    private final String place;
    private final ArtemisLink link;
    private final @Nullable EmbeddedArtemis embedded;
    private final BrokerThread thread;
    private final ArtemisSender sender;
    private volatile boolean diskFull;
    private volatile boolean connected;
    private final ArtemisDeclarations declarations;
    /** The following are used on the thread only. */
    private final Set<ArtemisSubscription> subscriptions = new LinkedHashSet<>();

    private Duration reconnect = HOUSEKEEPING;
    private int incarnation;

    ArtemisBroker(BrokerSettings settings, @Nullable EmbeddedArtemis embedded) {
        this(
                settings,
                embedded,
                thread -> embedded == null
                        ? new ArtemisClientLink(settings.artemis())
                        : new ArtemisServerLink(embedded, new OrderedExecutor(thread::execute)));
    }

    /** @param link makes the connection, which is used on the thread only */
    ArtemisBroker(
            BrokerSettings settings, @Nullable EmbeddedArtemis embedded, Function<BrokerThread, ArtemisLink> link) {
        this.place = settings.artemis().place();
        this.embedded = embedded;
        this.thread = new BrokerThread("channel-artemis");
        this.link = link.apply(thread);
        this.declarations = new ArtemisDeclarations(this.link);
        this.sender = new ArtemisSender(settings.publish(), this.link, declarations, thread, () -> broken(incarnation));
    }

    @Override
    public void start() {
        if (embedded != null) embedded.start();
        execute(this::connect);
        thread.every(HOUSEKEEPING, this::housekeeping);
    }

    @Override
    public CompletionStage<Void> send(String destination, Event event) {
        return diskFull ? refused() : sender.send(destination, event);
    }

    CompletionStage<Void> offer(String destination, Consumer<ICoreMessage> message, int size) {
        return diskFull ? refused() : sender.offer(destination, message, size);
    }

    private static CompletionStage<Void> refused() {
        return CompletableFuture.failedStage(new ChannelUnavailableException(
                "The disk usage of the embedded broker exceeds eventful.broker.artemis.max-disk-usage"));
    }

    @Override
    public CompletionStage<Void> declare(String destination, String consumer) {
        CompletableFuture<Void> done = declarations.ask(destination, consumer);
        execute(declarations::settle);
        return done;
    }

    @Override
    public Subscription subscribe(String destination, String consumer, Dispatcher dispatcher) {
        ArtemisSubscription subscription = new ArtemisSubscription(this, destination, consumer, dispatcher);
        declare(destination, consumer);
        execute(() -> {
            subscriptions.add(subscription);
            open(subscription);
        });
        return subscription;
    }

    void close(ArtemisSubscription subscription) {
        thread.await(() -> {
            subscriptions.remove(subscription);
            subscription.end();
            declarations.ended(subscription.destination, subscription.consumer);
        });
    }

    @Override
    public List<Orphan> orphans() {
        if (embedded == null) return List.of();
        return embedded.queues().orElse(List.of()).stream()
                .filter(queue -> !declarations.isClaimed(queue.destination(), queue.consumer()))
                .toList();
    }

    @Override
    public OptionalLong kept(String destination, String consumer) {
        if (embedded == null) return OptionalLong.of(0);
        return embedded.queues().stream()
                .mapToLong(queues -> queues.stream()
                        .filter(queue -> queue.destination().equals(destination)
                                && queue.consumer().equals(consumer))
                        .mapToLong(Orphan::messages)
                        .sum())
                .findFirst();
    }

    @Override
    public void expire() {
        sender.expire();
    }

    @Override
    public Condition condition() {
        if (diskFull) return Condition.DISK_FULL;
        return connected ? Condition.CONNECTED : Condition.DISCONNECTED;
    }

    @Override
    public void close() {
        sender.close();
        thread.end(() -> {
            subscriptions.forEach(ArtemisSubscription::end);
            link.end();
        });
        if (embedded != null) embedded.stop();
    }

    /** Runs work on the broker's thread. */
    void execute(Runnable work) {
        thread.execute(work);
    }

    /** The same, later. */
    void executeAfter(Duration delay, Runnable work) {
        thread.after(delay, work);
    }

    private void connect() {
        if (link.isOpen() || thread.ended()) return;
        int attempt = ++incarnation;
        try {
            if (embedded != null) embedded.revive();
            link.open(() -> execute(() -> broken(attempt)));
        } catch (ActiveMQException | RuntimeException e) {
            log.warn(
                    "broker.not-connected broker=artemis at={} retryInMs={} reason=\"{}\"",
                    place,
                    reconnect.toMillis(),
                    Failures.reason(e));
            broken(attempt);
            return;
        }
        reconnect = HOUSEKEEPING;
        connected = true;
        log.info("broker.connected broker=artemis");
        // Queues first: what waits to be sent must not pass by a consumer that was declared before.
        declarations.connected();
        subscriptions.forEach(this::open);
        sender.wake();
    }

    /** The connection of an attempt is gone. */
    private void broken(int attempt) {
        if (attempt != incarnation || thread.ended()) return;
        incarnation++;
        connected = false;
        if (link.isOpen()) log.warn("broker.disconnected broker=artemis");
        link.close();
        sender.disconnected();
        subscriptions.forEach(ArtemisSubscription::disconnected);
        thread.after(reconnect, this::connect);
        Duration next = reconnect.multipliedBy(2);
        reconnect = next.compareTo(RECONNECT_MAX) > 0 ? RECONNECT_MAX : next;
    }

    private void open(ArtemisSubscription subscription) {
        if (!subscriptions.contains(subscription) || !link.isOpen() || subscription.isOpen()) return;
        try {
            subscription.open(link);
        } catch (ActiveMQException | RuntimeException e) {
            log.error(
                    "channel.not-subscribed destination={} consumer={} reason=\"{}\"",
                    subscription.destination,
                    subscription.consumer,
                    Failures.reason(e));
            thread.after(RECONNECT_MAX, () -> reopen(subscription, Duration.ZERO));
        }
    }

    /**
     * Declares the queue of a subscription again, and after a pause consumes it on a new session: the queue itself may be
     * missing, and while it is, no event is kept for this consumer. On the broker's thread.
     */
    void reopen(ArtemisSubscription subscription, Duration pause) {
        if (!subscriptions.contains(subscription)) return;
        declare(subscription.destination, subscription.consumer);
        executeAfter(pause, () -> open(subscription));
    }

    private void housekeeping() {
        // Time alone may make room.
        subscriptions.forEach(ArtemisSubscription::wake);
        if (embedded == null || embedded.diskFull() == diskFull) return;
        diskFull = !diskFull;
        log.warn("broker.disk broker=artemis embedded=true diskFull={}", diskFull);
    }
}
