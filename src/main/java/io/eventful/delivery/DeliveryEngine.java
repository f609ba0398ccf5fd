package io.eventful.delivery;

import io.eventful.event.Activity;
import io.eventful.event.Event;
import io.eventful.event.Publications;
import io.eventful.store.Database;
import io.eventful.subscription.Status.State;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.Subscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivery as a whole: starts with what the store holds, follows the registry, and ends without losing anything. */
final class DeliveryEngine implements FanOut, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryEngine.class);
    private static final long SAVE_SECONDS = 5;
    private static final long PRUNE_SECONDS = 600;
    private static final long CHUNK_MILLIS = 50;

    private final Core core;
    private final ExecutorService blocking;
    private final Retries retries;
    private final Replayer replayer;
    private final Closing closing;
    private final Retention retention;
    private final StoredProgress progress;
    private final DeliveryMetrics metrics;
    private final Notices notices;
    private final Landing landing;
    private final StoredHeld held;
    private final FanOut deliverer;
    private @Nullable AutoCloseable listening;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean open;

    /**
     * What it works with.
     *
     * @param blocking one thread per task; closed with the engine
     * @param scheduler every wait goes through it; closed with the engine
     */
    record Parts(
            Database database,
            Publications publications,
            Subscriptions subscriptions,
            WebhookClient client,
            Requests requests,
            Clock clock,
            RandomGenerator random,
            ExecutorService blocking,
            ScheduledExecutorService scheduler,
            OperationalEvents operations,
            MeterRegistry meters) {}

    DeliveryEngine(Parts parts, DeliverySettings settings) {
        blocking = parts.blocking();
        Clock clock = parts.clock();
        Database database = parts.database();
        Recent recent = new Recent(settings.limits().recentDeliveries());
        RetryDelay delays = new RetryDelay(settings.retrySchedule(), parts.random());
        Executor executor = parts.blocking();
        metrics = new DeliveryMetrics(parts.meters());
        notices = new Notices(parts.operations(), clock, parts.scheduler());
        core = new Core(
                database,
                parts.publications(),
                parts.subscriptions(),
                new Lanes(settings),
                recent,
                new Recorder(database, parts.publications(), recent, clock, executor),
                new Settlement(
                        database,
                        parts.subscriptions(),
                        delays,
                        recent,
                        clock,
                        executor,
                        parts.scheduler(),
                        notices,
                        metrics),
                new Attempter(
                        parts.client(),
                        parts.requests(),
                        new Renewals(parts.client(), parts.subscriptions(), clock, executor, settings.timeout()),
                        clock,
                        settings),
                new AttemptLog(database, parts.scheduler(), settings.limits().logQueue()),
                clock,
                executor,
                parts.scheduler(),
                settings);
        retries = new Retries(core, this::launchNext);
        replayer = new Replayer(core, retries, new SecureRandom());
        closing = new Closing(database, clock, executor);
        retention = new Retention(database, clock, settings.retention());
        progress = new StoredProgress(core);
        landing = new Landing(core, retries);
        held = new StoredHeld(core, retries);
        deliverer = new Deliverer(core, landing, retries, replayer, settings);
    }

    private void launchNext(Lane lane) {
        landing.launchNext(lane);
    }

    /** Goes on with everything that waits in the store. */
    void start() {
        replayer.recall();
        listening = core.subscriptions().listen(this::changed);
        var waiting = new Loader(core, closing).load();
        held.load();
        replayer.resume();
        core.lanes().all().forEach(lane -> replayer.catchUp(lane.subscription()));
        open = true;
        core.lanes().all().forEach(lane -> notices.known(lane.subscription()));
        metrics.watch(core, progress);
        waiting.forEach(retries::pump);
        core.scheduler().scheduleWithFixedDelay(progress::save, SAVE_SECONDS, SAVE_SECONDS, TimeUnit.SECONDS);
        core.scheduler().scheduleWithFixedDelay(this::lookAtHeld, SAVE_SECONDS, SAVE_SECONDS, TimeUnit.SECONDS);
        prune(PRUNE_SECONDS * 1000);
        LOG.info("delivery.started waiting={}", waiting.size());
    }

    /** Never two looks at once: a slow store would gather them. */
    private void lookAtHeld() {
        if (!looking.compareAndSet(false, true)) return;
        try {
            blocking.execute(() -> {
                held.look();
                looking.set(false);
            });
        } catch (RejectedExecutionException closed) {
            LOG.debug("delivery.closed");
        }
    }

    /** Chunk by chunk with pauses between them, then again much later. */
    private void prune(long millis) {
        try {
            core.scheduler()
                    .schedule(
                            () -> blocking.execute(
                                    () -> prune(retention.chunk() ? CHUNK_MILLIS : PRUNE_SECONDS * 1000)),
                            millis,
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("delivery.closed");
        }
    }

    @Override
    public CompletionStage<Void> deliver(String channel, Event event) {
        if (!open) return CompletableFuture.failedFuture(new IllegalStateException("delivery is closed"));
        return deliverer.deliver(channel, event);
    }

    /** The registry has changed; never blocks. */
    private void changed(Subscription subscription) {
        notices.changed(subscription);
        String id = subscription.id();
        State state = subscription.status().state();
        if (state == State.DELETED) {
            core.lanes().find(id).ifPresent(lane -> {
                lane.update(subscription);
                landing.launchNext(lane);
            });
            core.lanes().remove(id);
            closing.close(id);
            return;
        }
        Lane lane = core.lanes().of(subscription);
        boolean moved = subscription.movedFrom(lane.subscription());
        boolean resumed = !lane.update(subscription) && state == State.ACTIVE;
        Endpoints.Hold hold = state == State.ACTIVE ? Endpoints.Hold.RUNNING : Endpoints.Hold.HELD;
        core.database()
                .write(connection -> {
                    Endpoints.hold(connection, id, hold, subscription.request().sink());
                    if (moved) Endpoints.moved(connection, id, core.clock().instant());
                    return 0;
                })
                .whenComplete((ignored, failure) -> {
                    if (failure != null) LOG.warn("delivery.hold-not-written subscription={}", id, failure);
                    else if (moved) retries.pump(lane);
                });
        replayer.catchUp(subscription);
        if (resumed) retries.pump(lane);
    }

    Replays replays() {
        return replayer;
    }

    Deliveries deliveries() {
        return new StoredDeliveries(core, retries);
    }

    HeldDeliveries held() {
        return held;
    }

    Activity activity() {
        return new Workload(core);
    }

    StoredProgress progress() {
        return progress;
    }

    Core core() {
        return core;
    }

    /** Begins nothing new, lets what is in flight land or be recorded, and writes the log. */
    @Override
    public void close() {
        open = false;
        if (listening != null) {
            try {
                listening.close();
            } catch (Exception refused) {
                LOG.warn("delivery.not-unsubscribed", refused);
            }
        }
        replayer.end();
        Drain drain = new Drain(core, landing);
        drain.awaitAttempts();
        core.scheduler().shutdownNow();
        core.log().flush().join();
        progress.save().join();
        drain.await(blocking);
    }
}
