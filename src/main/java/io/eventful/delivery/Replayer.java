package io.eventful.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.delivery.ReplayJobs.Job;
import io.eventful.delivery.ReplayJobs.Kind;
import io.eventful.subscription.Filters;
import io.eventful.subscription.InvalidSubscriptionException;
import io.eventful.subscription.RequestProblem;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.SubscriptionConfig.Start;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs replays and catch-ups: reads stored publications by cursor, and records deliveries of them together with the
 * cursor, a window at a time, so that a restart goes on exactly where it stopped.
 */
final class Replayer implements Replays {

    private static final Logger LOG = LoggerFactory.getLogger(Replayer.class);
    private static final Duration WINDOW_PAUSE = Duration.ofMillis(100);
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private final Core core;
    private final ReplayStep step;
    private final SecureRandom random;
    private final Set<String> active = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    Replayer(Core core, Retries retries, SecureRandom random) {
        this.core = core;
        this.step = new ReplayStep(core, retries);
        this.random = random;
    }

    /** Whether a catch-up will come to an event. */
    enum Extended {
        RUNNING,
        ENDED
    }

    @Override
    public List<RequestProblem> problems(ReplayWish wish) {
        List<RequestProblem> problems = new ArrayList<>();
        collect(problems, () -> ReplayRange.parse(wish.from(), wish.to()));
        JsonNode filters = wish.filters();
        if (filters != null) collect(problems, () -> Filters.parse(filters, "/filters"));
        int most = core.settings().limits().replayRate();
        if (wish.rate() != null && (wish.rate() < 1 || wish.rate() > most))
            problems.add(new RequestProblem(
                    "/rate", "is not from 1 to " + most, "Write the events per second, at most " + most + "."));
        return problems;
    }

    private static void collect(List<RequestProblem> problems, Runnable check) {
        try {
            check.run();
        } catch (InvalidSubscriptionException wrong) {
            problems.addAll(wrong.problems());
        }
    }

    @Override
    public Optional<Replay> create(String subscription, ReplayWish wish) {
        List<RequestProblem> problems = problems(wish);
        if (!problems.isEmpty()) throw new InvalidSubscriptionException(problems);
        if (core.subscriptions().find(subscription).isEmpty()) return Optional.empty();
        byte[] bits = new byte[12];
        random.nextBytes(bits);
        // As it is stored.
        Instant now = Instant.ofEpochMilli(core.clock().millis());
        Job job = new Job(
                "rpl_" + HexFormat.of().formatHex(bits),
                subscription,
                Kind.REPLAY,
                Replay.State.RUNNING,
                0,
                core.publications().head(),
                wish,
                0,
                now,
                now);
        core.database().writeAndWait(connection -> {
            ReplayJobs.insert(connection, job);
            return 0;
        });
        run(job.id());
        return Optional.of(job.view());
    }

    @Override
    public Optional<Replay> find(String id) {
        return core.database()
                .read(connection -> ReplayJobs.find(connection, id))
                .filter(job -> job.kind() == Kind.REPLAY)
                .map(Job::view);
    }

    @Override
    public List<Replay> list(
            @Nullable String subscription, Replay.@Nullable State state, @Nullable String after, int limit) {
        return core
                .database()
                .read(connection -> ReplayJobs.list(connection, subscription, state, after, limit))
                .stream()
                .map(Job::view)
                .toList();
    }

    @Override
    public Optional<Replay> cancel(String id) {
        boolean ended = core.database()
                .writeAndWait(connection ->
                        ReplayJobs.end(connection, id, core.clock().instant()));
        if (ended) LOG.info("replay.cancelled replay={}", id);
        return find(id);
    }

    /** Recalls which subscriptions have caught up, and forgets those that are no more. */
    void recall() {
        List<String> orphans = new ArrayList<>();
        for (Job job : core.database().read(ReplayJobs::catchUps)) {
            if (core.subscriptions().find(job.subscription()).isEmpty()) orphans.add(job.id());
            else if (job.state() != Replay.State.RUNNING) core.lanes().caughtUp(job.subscription());
        }
        if (orphans.isEmpty()) return;
        core.database()
                .write(connection -> {
                    EndedReplays.delete(connection, orphans);
                    return 0;
                })
                .join();
    }

    /** Goes on with what ran when the gateway ended, behind what waits: that must be known by now. */
    void resume() {
        for (Job job : core.database().read(ReplayJobs::running)) run(job.id());
    }

    /** The gateway ends: what runs goes on after the next start. */
    void end() {
        ended = true;
    }

    /** Begins the catch-up of a subscription that begins in the past, once. Never blocks. */
    void catchUp(Subscription subscription) {
        if (subscription.request().config().start() instanceof Start.Now) return;
        if (!core.lanes().of(subscription).catchingUp()) return;
        extend(subscription, subscription.publicationBoundary()).exceptionally(failure -> {
            LOG.warn("replay.catch-up-not-begun subscription={}", subscription.id(), failure);
            // Nothing else begins it before the next event.
            later(
                    () -> core.subscriptions().find(subscription.id()).ifPresent(this::catchUp),
                    STORE_PAUSE,
                    () -> LOG.debug("delivery.closed subscription={}", subscription.id()));
            return Extended.ENDED;
        });
    }

    /** Moves the end of a catch-up, which begins now if it has not, behind an event; says so when it has ended. */
    CompletableFuture<Extended> extend(Subscription subscription, long sequence) {
        Job job = job(subscription);
        return core.database()
                .write(connection -> {
                    ReplayJobs.insert(connection, job);
                    return ReplayJobs.extend(connection, job.id(), sequence);
                })
                .thenApply(extended -> {
                    if (!extended) {
                        core.lanes().caughtUp(subscription.id());
                        return Extended.ENDED;
                    }
                    run(job.id());
                    return Extended.RUNNING;
                });
    }

    private Job job(Subscription subscription) {
        Instant now = core.clock().instant();
        return new Job(
                "catch-up:" + subscription.id(),
                subscription.id(),
                Kind.CATCH_UP,
                Replay.State.RUNNING,
                0,
                Math.max(0, subscription.publicationBoundary()),
                ReplayWish.EVERYTHING,
                0,
                now,
                now);
    }

    private void run(String id) {
        if (active.add(id)) later(id, Duration.ZERO);
    }

    private void later(String id, Duration delay) {
        later(() -> core.blocking().execute(() -> turn(id)), delay, () -> active.remove(id));
    }

    private void later(Runnable work, Duration delay, Runnable closed) {
        try {
            core.scheduler().schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ended) {
            closed.run();
        }
    }

    private void turn(String id) {
        if (ended) return;
        Optional<Duration> next;
        try {
            next = step.run(id, WINDOW_PAUSE);
        } catch (RuntimeException failure) {
            LOG.warn("replay.step-failed replay={}", id, failure);
            next = Optional.of(STORE_PAUSE);
        }
        next.ifPresentOrElse(delay -> later(id, delay), () -> active.remove(id));
    }
}
