package io.eventful.command;

import io.eventful.edge.Upstreams;
import io.eventful.event.Activity;
import io.eventful.ledger.Ledger;
import io.eventful.store.Database;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of commands, put together; begins and ends with the gateway. */
final class CommandParts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CommandParts.class);

    private static final Duration SWEEP = Duration.ofSeconds(60);
    private static final int CHUNK = 500;

    private final CommandStore store;
    private final Surroundings around;
    private final CommandSettings settings;
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService background = virtual("command-background-");
    private final Engine engine;
    private final Registry registry;
    private final CommandEvents events;
    private final Commands commands;

    /** What commands need of the rest of the gateway. */
    record Surroundings(
            Ledger ledger,
            Upstreams upstreams,
            Execution execution,
            Safe safe,
            Announcer announcer,
            Clock clock,
            SecureRandom random) {}

    static CommandParts of(Database database, Surroundings around, CommandSettings settings, MeterRegistry meters) {
        return new CommandParts(database, around, settings, meters);
    }

    private CommandParts(Database database, Surroundings around, CommandSettings settings, MeterRegistry meters) {
        this.around = around;
        this.settings = settings;
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("command-timer").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        // What would come after the end of the gateway is found at its next start.
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        Timer later = (delay, action) -> timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        store = new CommandStore(database);
        Rows rows = new Rows(database);
        events = new CommandEvents(rows, store, around.announcer(), later, background);
        Runner runner = new Runner(
                store,
                rows,
                around.ledger(),
                around.execution(),
                around.upstreams(),
                around.safe(),
                around.clock(),
                settings);
        AtomicLong stored = new AtomicLong(rows.size());
        Map<Command.Status, Counter> ended = ended(meters);
        engine = new Engine(
                store, rows, runner, around.clock(), later, virtual("command-"), settings, (command, end) -> {
                    Objects.requireNonNull(ended.get(end.status())).increment();
                    if (!command.isKeyed()) around.ledger().keys().forget(command.claim);
                    stored.addAndGet(CommandStore.size(end.reply()) - command.size);
                    events.wake();
                });
        registry = new Registry(store, rows, engine, around.safe(), around.clock(), around.random(), settings, stored);
        CommandAnswers answers = new CommandAnswers(settings.retryAfter());
        Waits waits = new Waits(settings);
        commands = new Commands(
                new Submissions(registry, waits, around.ledger().keys(), around.clock(), background, settings, answers),
                new CommandEndpoint(registry, engine, waits, background, answers),
                registry,
                rows);
        gauges(meters);
    }

    /** Commands that are accepted and have not ended, and ends that are being published. */
    Activity activity() {
        return new Activity() {
            @Override
            public boolean busy() {
                return engine.size() > 0 || events.isBusy();
            }

            @Override
            public int open() {
                return engine.size();
            }
        };
    }

    /** All from the start, so that the first command that fails is an increase. */
    private static Map<Command.Status, Counter> ended(MeterRegistry meters) {
        return Arrays.stream(Command.Status.values())
                .filter(Command.Status::isEnd)
                .collect(Collectors.toMap(
                        status -> status,
                        status -> Counter.builder("eventful.commands.ended")
                                .description("commands that have ended, by their status")
                                .tag("status", status.word())
                                .register(meters)));
    }

    private void gauges(MeterRegistry meters) {
        Gauge.builder("eventful.commands.waiting", this::waiting)
                .description("commands waiting for their turn or for the upstream")
                .register(meters);
        Gauge.builder("eventful.commands.running", this::running)
                .description("commands that are being sent, or whose outcome is being determined")
                .register(meters);
        Gauge.builder("eventful.commands.stored", this::stored)
                .baseUnit("bytes")
                .description("size of the requests and responses of commands on disk")
                .register(meters);
    }

    private static ExecutorService virtual(String name) {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name, 0).factory());
    }

    void start() {
        engine.start();
        events.wake();
        timer.scheduleWithFixedDelay(this::sweep, SWEEP.toSeconds(), SWEEP.toSeconds(), TimeUnit.SECONDS);
    }

    /** Forgets what has expired, a chunk at a time. */
    void sweep() {
        store.sweep(around.clock().instant().minus(settings.expiry()), settings.kept(), CHUNK)
                .whenComplete((swept, failure) -> {
                    if (failure != null) {
                        log.debug("command.not-swept reason=\"{}\"", failure.toString());
                        return;
                    }
                    registry.stored(-swept.bytes());
                    if (swept.commands() == CHUNK) sweep();
                });
    }

    Commands commands() {
        return commands;
    }

    int waiting() {
        return engine.<Integer>look(backlog -> backlog.size() - backlog.running());
    }

    int running() {
        return engine.<Integer>look(Backlog::running);
    }

    long stored() {
        return registry.stored();
    }

    @Override
    public void close() {
        engine.close();
        events.close();
        background.shutdownNow();
        timer.shutdownNow();
    }
}
