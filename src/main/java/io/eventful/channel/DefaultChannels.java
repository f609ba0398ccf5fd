package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Kind;
import io.eventful.channel.Places.Place;
import io.eventful.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
    private final Function<Kind, Broker> factory;
    private final Embedded embedded;
    private final Map<Kind, Broker> brokers = new EnumMap<>(Kind.class);
    private final Set<RunningConsumption> consumptions = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("channel-", 0).factory());
    private boolean closed;

    /** Whether an embedded broker has ever kept something here. */
    @FunctionalInterface
    interface Embedded {
        boolean isKept();
    }

    private record Target(Broker broker, String destination) {
        CompletionStage<Void> send(Event event) {
            return broker.send(destination, event);
        }
    }

    /**
     * @param factory makes a broker of a kind, not yet started
     * @param embedded tells of an embedded broker of an earlier run
     * @param timer for retries; not closed here
     */
    DefaultChannels(
            BrokerSettings settings,
            ChannelsSettings channels,
            StoredPublications publications,
            Function<Kind, Broker> factory,
            Embedded embedded,
            ScheduledExecutorService timer) {
        this.settings = settings;
        this.places = new Places(channels, settings.kind());
        this.publisher = new Publisher(settings.publish(), publications, workers);
        this.factory = factory;
        this.embedded = embedded;
        this.timer = timer;
    }

    /**
     * Starts the broker of the channels that name none, and the embedded one when its folder is there: a channel that
     * has moved from it may have left events.
     */
    void start() {
        broker(settings.kind());
        if (embedded.isKept()) former();
        // Not on a broker's own thread, which may wait for the network just when this matters.
        timer.scheduleWithFixedDelay(this::expire, EXPIRE.toMillis(), EXPIRE.toMillis(), TimeUnit.MILLISECONDS);
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
        RunningConsumption running =
                new RunningConsumption(dispatcher, subscribe(target, consumer, dispatcher), consumptions::remove);
        consumptions.add(running);
        return running;
    }

    private Broker.Subscription subscribe(Target target, String consumer, Dispatcher dispatcher) {
        Broker former;
        synchronized (brokers) {
            former = brokers.get(Kind.ARTEMIS);
        }
        if (former == null || former.equals(target.broker()) || isEmpty(former, target.destination(), consumer))
            return target.broker().subscribe(target.destination(), consumer, dispatcher);
        return new Succession(former, target.broker(), target.destination(), consumer, dispatcher, timer, workers)
                .start();
    }

    /** False also while it is not known: what may be there comes first. */
    private static boolean isEmpty(Broker former, String destination, String consumer) {
        return former.kept(destination, consumer).equals(OptionalLong.of(0));
    }

    /** Starts the embedded broker, and ends it again when no channel uses it and it keeps nothing for anybody. */
    private void former() {
        Broker artemis = broker(Kind.ARTEMIS);
        boolean used = places.use(Kind.ARTEMIS) || artemis.orphans().stream().anyMatch(queue -> queue.messages() > 0);
        if (used) return;
        synchronized (brokers) {
            brokers.remove(Kind.ARTEMIS);
        }
        artemis.close();
        log.info("broker.empty broker=artemis embedded=true remedy=\"no channel uses it: its folder may be removed\"");
    }

    @Override
    public CompletionStage<Void> declare(String channel, String consumer) {
        Target target = target(channel);
        return target.broker().declare(target.destination(), consumer);
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
        return running().stream().flatMap(broker -> broker.orphans().stream()).toList();
    }

    /** How each broker in use is now, by its kind. */
    Map<String, Broker.Condition> conditions() {
        Map<String, Broker.Condition> conditions = new TreeMap<>();
        synchronized (brokers) {
            brokers.forEach((kind, broker) -> conditions.put(kind.name().toLowerCase(Locale.ROOT), broker.condition()));
        }
        return conditions;
    }

    private void expire() {
        running().forEach(Broker::expire);
    }

    private List<Broker> running() {
        synchronized (brokers) {
            return List.copyOf(brokers.values());
        }
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
        return new Target(broker(place.broker()), place.destination());
    }

    private Broker broker(Kind kind) {
        synchronized (brokers) {
            Broker broker = brokers.get(kind);
            if (broker != null) return broker;
            if (closed) throw new ChannelUnavailableException("The channels are closed");
            broker = factory.apply(kind);
            broker.start();
            brokers.put(kind, broker);
            return broker;
        }
    }

    /** Ends the consumers, then the brokers. Publishing fails from now on. */
    @Override
    public void close() {
        List<Broker> open;
        synchronized (brokers) {
            closed = true;
            open = new ArrayList<>(brokers.values());
        }
        consumptions.forEach(RunningConsumption::close);
        open.forEach(Broker::close);
        workers.shutdown();
    }
}
