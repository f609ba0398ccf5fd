package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Kind;
import io.eventful.channel.Places.Place;
import io.eventful.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels over their brokers, each of which starts when the first channel needs it. */
final class DefaultChannels implements Channels, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DefaultChannels.class);
    /** By then every route has declared what it consumes. */
    private static final Duration ORPHANS = Duration.ofMinutes(1);

    private static final Duration EXPIRE = Duration.ofMillis(250);

    private final BrokerSettings settings;
    private final Places places;
    private final Publisher publisher;
    private final DeadLetters dead = new DeadLetters();
    private final Brokers brokers;
    private final Set<RunningConsumption> consumptions = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("channel-", 0).factory());
    private boolean closed;

    /**
     * @param factory makes a broker of a kind, not yet started
     * @param embedded the broker in this process; null when there can be none
     * @param timer for retries; not closed here
     */
    DefaultChannels(
            BrokerSettings settings,
            ChannelsSettings channels,
            StoredPublications publications,
            Function<Kind, Broker> factory,
            @Nullable Embedded embedded,
            ScheduledExecutorService timer) {
        this.settings = settings;
        this.places = new Places(channels, settings.kind());
        this.publisher = new Publisher(settings.publish(), publications, workers);
        this.brokers = new Brokers(factory, embedded);
        this.timer = timer;
    }

    /**
     * Starts the broker of the channels that name none, and the embedded one when its folder is there: a channel that
     * has moved from it may have left events.
     */
    void start() {
        brokers.of(settings.kind());
        brokers.revisit(places);
        // Not on a broker's own thread, which may wait for the network just when this matters.
        timer.scheduleWithFixedDelay(brokers::expire, EXPIRE.toMillis(), EXPIRE.toMillis(), TimeUnit.MILLISECONDS);
        timer.schedule(this::reportOrphans, ORPHANS.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<Void> publish(String channel, Event event) {
        Target target;
        try {
            target = target(channel);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
        return publisher.publish(channel, event, target::send);
    }

    @Override
    public Consumption consume(String channel, String consumer, Receiver receiver) {
        Target target = target(channel);
        dead.watch(channel, consumer);
        Dispatcher dispatcher = new Dispatcher(channel, consumer, receiver, settings.consume(), workers, timer, dead);
        Broker.Subscription subscription = subscribe(channel, target, consumer, dispatcher);
        RunningConsumption running = new RunningConsumption(dispatcher, subscription, consumptions::remove);
        consumptions.add(running);
        return running;
    }

    private Broker.Subscription subscribe(String channel, Target target, String consumer, Dispatcher dispatcher) {
        List<Target> former = brokers.former(channel, places).stream()
                .filter(one -> !one.isEmpty(consumer))
                .toList();
        if (former.isEmpty()) return target.subscribe(consumer, dispatcher);
        return new Succession(former, target, consumer, dispatcher, timer, workers).start();
    }

    @Override
    public CompletionStage<Void> declare(String channel, String consumer) {
        return target(channel).declare(consumer);
    }

    @Override
    public void open(String channel) {
        CompletionStage<Void> unused = declare(channel, QueueNames.NOBODY);
    }

    /** Of all consumers. */
    DeadLetters dead() {
        return dead;
    }

    @Override
    public List<Orphan> orphans() {
        return brokers.orphans();
    }

    /** How each broker in use is now. */
    Map<String, Broker.Condition> conditions() {
        return brokers.conditions();
    }

    private void reportOrphans() {
        for (Orphan orphan : orphans())
            log.warn(
                    "channel.orphan destination={} consumer={} messages={} reason=\"no route consumes this queue\"",
                    orphan.destination(),
                    orphan.consumer(),
                    orphan.messages());
    }

    private Target target(String name) {
        Place place = places.of(name);
        Broker broker = brokers.of(place.broker());
        brokers.note(name, place);
        return new Target(broker, place.destination());
    }

    /** Ends the consumers, then the brokers. Publishing fails from now on. */
    @Override
    public void close() {
        List<Broker> open = brokers.refuse();
        consumptions.forEach(RunningConsumption::close);
        open.forEach(Broker::close);
        workers.shutdown();
    }
}
