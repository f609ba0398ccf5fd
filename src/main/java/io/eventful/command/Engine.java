package io.eventful.command;

import io.eventful.edge.Upstreams;
import io.eventful.event.Causes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what is in the backlog: some at a time, each lane in order, until each command has ended durably. */
final class Engine implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    private static final Duration DRAIN = Duration.ofSeconds(20);
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);
    private static final int PAGE = 500;

    private final CommandStore store;
    private final Rows rows;
    private final Runner runner;
    private final Clock clock;
    private final Timer timer;
    private final ExecutorService threads;
    private final CommandSettings settings;
    private final Listener listener;

    private final ReentrantLock lock = new ReentrantLock();
    private final Backlog backlog;
    private boolean closed;

    /** Hears of ends, when they are durable. Never blocks. */
    @FunctionalInterface
    interface Listener {
        void ended(Pending command, End end);
    }

    Engine(
            CommandStore store,
            Rows rows,
            Runner runner,
            Clock clock,
            Timer timer,
            ExecutorService threads,
            CommandSettings settings,
            Listener listener) {
        this.store = store;
        this.rows = rows;
        this.runner = runner;
        this.clock = clock;
        this.timer = timer;
        this.threads = threads;
        this.settings = settings;
        this.listener = listener;
        this.backlog = new Backlog();
    }

    /**
     * Takes up what an earlier run left. Must come before the ledger settles its open intents: which of these commands may
     * have been sent can be told only until then.
     */
    void start() {
        long after = 0;
        List<Pending> page;
        do {
            page = rows.pending(after, PAGE);
            for (Pending command : page) {
                after = command.number;
                if (!command.doubtful && runner.isOpen(command)) {
                    command.doubtful = true;
                    store.doubt(command.number).join();
                }
                locked(() -> backlog.add(command));
            }
        } while (page.size() == PAGE);
        if (after > 0) log.info("command.taken-up count={}", size());
        pump();
    }

    /** A command is durable: it runs when it is its turn. Called in the order of acceptance. */
    void accept(Pending command) {
        locked(() -> backlog.add(command));
        pump();
    }

    private void pump() {
        lock.lock();
        try {
            while (!closed && backlog.running() < settings.concurrency()) {
                Optional<Pending> next = backlog.next();
                if (next.isEmpty()) return;
                threads.execute(() -> step(next.get()));
            }
        } finally {
            lock.unlock();
        }
    }

    private void step(Pending command) {
        Runner.Step step;
        try {
            step = runner.step(command);
        } catch (RuntimeException e) {
            log.warn("command.step-failed id={} reason=\"{}\"", command.number, reason(e));
            step = new Runner.Step.Look(STORE_PAUSE);
        }
        switch (step) {
            case Runner.Step.Done(End end, Optional<Upstreams.Fetched> live) -> {
                if (live.isPresent()) locked(() -> backlog.back(command.upstream));
                end(command, end, live);
            }
            case Runner.Step.Refused(End end, Upstreams.Fetched answer) -> end(command, end, Optional.of(answer));
            // It stays among the running: what may have been sent cannot be cancelled.
            case Runner.Step.Look(Duration delay) -> timer.after(delay, () -> execute(command));
            case Runner.Step.Again(Duration delay) -> {
                locked(() -> backlog.rest(command));
                timer.after(delay, () -> again(command));
                pump();
            }
            case Runner.Step.Away(Duration delay) -> away(command, delay);
        }
    }

    private void away(Pending command, Duration delay) {
        Instant until = clock.instant().plus(delay);
        locked(() -> {
            backlog.away(command.upstream, until);
            backlog.again(command);
        });
        timer.after(delay, () -> {
            locked(() -> backlog.over(command.upstream, until));
            pump();
        });
    }

    private void execute(Pending command) {
        locked(() -> {
            if (!closed) threads.execute(() -> step(command));
        });
    }

    private void again(Pending command) {
        locked(() -> backlog.again(command));
        pump();
    }

    private void end(Pending command, End end, Optional<Upstreams.Fetched> live) {
        Instant now = clock.instant();
        store.end(command.number, end, now).whenComplete((ended, failure) -> {
            if (failure == null) {
                ended(command, new Pending.Ended(end, now, live));
                return;
            }
            log.warn("command.end-not-kept number={} reason=\"{}\"", command.number, reason(failure));
            timer.after(STORE_PAUSE, () -> end(command, end, live));
        });
    }

    private void ended(Pending command, Pending.Ended ended) {
        log.debug(
                "command.ended number={} status={}", command.number, ended.end().status());
        // Together: a command is waited for until what follows from its end is under way.
        locked(() -> {
            backlog.remove(command);
            listener.ended(command, ended.end());
        });
        command.done.complete(command.waiting.get() > 0 ? ended : ended.withoutReply());
        pump();
    }

    /** Cancels a command that is pending. Blocks until that is durable. */
    Cancelled cancel(String id) {
        Pending command = find(id);
        if (command == null || command.doubtful) return Cancelled.TOO_LATE;
        if (!this.<Boolean>locked(() -> backlog.hold(command))) return Cancelled.TOO_LATE;
        End end = End.failed(End.CANCELLED);
        Instant now = clock.instant();
        try {
            if (!store.end(command.number, end, now).join()) return Cancelled.TOO_LATE;
        } catch (CompletionException e) {
            locked(() -> backlog.release(command));
            pump();
            throw e;
        }
        ended(command, new Pending.Ended(end, now, Optional.empty()));
        return Cancelled.YES;
    }

    /** A command that has not ended; null otherwise. */
    @Nullable
    Pending find(String id) {
        return locked(() -> backlog.find(id));
    }

    /** Reads the backlog. */
    <T extends @Nullable Object> T look(Function<Backlog, T> reading) {
        return locked(() -> reading.apply(backlog));
    }

    int size() {
        return locked(backlog::size);
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private static String reason(Throwable failure) {
        return Causes.of(failure).getClass().getSimpleName();
    }

    /** Starts nothing more, and lets what runs end; what does not is found at the next start. */
    @Override
    public void close() {
        locked(() -> {
            closed = true;
        });
        threads.shutdown();
        try {
            if (!threads.awaitTermination(DRAIN.toNanos(), TimeUnit.NANOSECONDS)) threads.shutdownNow();
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
