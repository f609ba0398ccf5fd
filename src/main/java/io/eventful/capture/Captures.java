package io.eventful.capture;

import io.eventful.edge.Routing;
import io.eventful.event.Activity;
import io.eventful.event.Change;
import io.eventful.ledger.Feed;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Relayed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running {@code capture:} routes: what the edge captures follows from them, and each gets a relay. Several routes
 * are exchanged for others in one {@link #swap}, in which no captured path is uncaptured for a moment: the old table
 * stays until the new one takes its place, and changes wait in the ledger.
 */
public final class Captures implements Feed, Activity, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Captures.class);

    private final Routing routing;
    private final Relayed relayed;
    private final Recovery recovery;
    private final Pauses pauses;
    private final Serving serving;
    private final CaptureSettings settings;
    private final Relays relays;
    private final Precedence precedence;

    private final ReentrantLock swaps = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, CaptureRoute> running = new LinkedHashMap<>();
    private final Map<String, CaptureRoute> coming = new LinkedHashMap<>();

    private volatile boolean holding;
    private boolean recovering;
    private final CurrentTable table;
    private volatile QueryAnswers queries = (call, query) -> call.proxy(query.upstream());
    private final AutoCloseable subscription;

    Captures(
            Routing routing,
            Tools tools,
            Pauses pauses,
            ExecutorService calls,
            ExecutorService background,
            CaptureSettings settings,
            RelayMetrics metrics) {
        this.routing = routing;
        this.table = tools.table();
        Ledger ledger = tools.ledger();
        this.relayed = ledger.relayed();
        this.pauses = pauses;
        this.precedence = new Precedence(
                pauses, new Processors()::areBusy, settings.relay().lag());
        this.recovery = new Recovery(tools, pauses, precedence, settings);
        this.serving = new Serving(tools, calls, precedence, table);
        this.relays = new Relays(ledger, pauses, precedence, background, tools.clock(), settings, metrics);
        this.settings = settings;
        // No call of this run can come before its routes are registered.
        recovery.prepare();
        this.subscription = ledger.onAppend(relays::wake);
    }

    /**
     * Runs an exchange of routes: whatever starts and stops in it takes effect at its end, at once. When it fails, the
     * old table stays until another exchange succeeds: no captured path is uncaptured. Fails with {@link IllegalArgumentException} when the routes that
     * run then contradict each other.
     */
    public void swap(Runnable exchange) {
        swaps.lock();
        try {
            // After a failure it stays held: what stops then must not uncapture anything before the next exchange.
            end(exchange);
            install();
            holding = false;
            EarlierRoutes.keep(relayed, running());
        } finally {
            swaps.unlock();
        }
    }

    /** Runs the stop of the last routes; what is captured stays so, or a later one would get an earlier one's changes. */
    public void end(Runnable stop) {
        swaps.lock();
        try {
            holding = true;
            stop.run();
        } finally {
            swaps.unlock();
        }
    }

    /**
     * Tries the parked changes of a subject (null: of all) on a route anew, in the background, each subject's in order
     * until one fails; false when the route does not run.
     */
    public boolean retryParked(String route, @Nullable String subject) {
        return relays.retryParked(route, subject);
    }

    /** Gives up a change that a route has parked, and tries those behind it; empty when there is none. Blocks. */
    public Optional<Relayed.Skipped> skipParked(String route, long position, String note) {
        swaps.lock();
        try {
            return relays.skipParked(route, position, note);
        } finally {
            swaps.unlock();
        }
    }

    /** Ids of the routes that run. */
    public List<String> routes() {
        return running().stream().map(CaptureRoute::id).toList();
    }

    private List<CaptureRoute> running() {
        lock.lock();
        try {
            return List.copyOf(running.values());
        } finally {
            lock.unlock();
        }
    }

    /** Who answers the reads that routes give to views, from now on; until then, the upstream. */
    public void answerQueries(QueryAnswers answers) {
        queries = answers;
    }

    /** Serves the calls that are captured. */
    public Serving serving() {
        return serving;
    }

    /** What is captured now. */
    CaptureTable table() {
        return table.get();
    }

    /** A route has started. */
    void register(CaptureRoute route) {
        boolean now;
        lock.lock();
        try {
            if (coming.putIfAbsent(route.id(), route) != null)
                throw new IllegalStateException("two capture: routes have the id " + route.id());
            now = !holding;
        } finally {
            lock.unlock();
        }
        if (!now) return;
        install();
        EarlierRoutes.keep(relayed, running());
    }

    /** A route stops: waits, bounded, for its changes in flight. */
    void unregister(CaptureRoute route) {
        Relay relay;
        boolean now;
        lock.lock();
        try {
            coming.remove(route.id(), route);
            relay = running.remove(route.id(), route) ? relays.find(route.id()) : null;
            now = !holding;
        } finally {
            lock.unlock();
        }
        if (relay != null) relays.stop(route.id(), relay);
        if (now) install();
    }

    /** Puts what runs, and what is to run, into force: positions first, then the table, then the relays. */
    private void install() {
        lock.lock();
        try {
            Map<String, CaptureRoute> all = new LinkedHashMap<>(running);
            for (CaptureRoute route : coming.values())
                if (all.putIfAbsent(route.id(), route) != null)
                    throw new IllegalStateException("the route " + route.id() + " runs already");
            CaptureTable next;
            try {
                next = serving.table(all.values());
            } catch (IllegalArgumentException e) {
                coming.clear();
                throw e;
            }
            CaptureTable former = recovering ? table.get() : serving.table(EarlierRoutes.read(relayed));
            Map<String, Relay> starting = relays.make(coming.values(), former, next, table);
            CompletableFuture.allOf(
                            starting.values().stream().map(Relay::positioned).toArray(CompletableFuture<?>[]::new))
                    .join();
            table.set(next);
            routing.install(
                    Routing.Layer.CAPTURE,
                    next.matcher(
                            serving::handler,
                            query -> call -> queries.answerOne(call, query),
                            upstream -> call -> call.proxy(upstream)));
            running.putAll(coming);
            coming.clear();
            starting.forEach(relays::start);
            // Routes may also start one by one: the table is complete when it has been left alone for a while.
            if (!recovering) pauses.after(settings.settleDelay(), () -> recovery.begin(table));
            recovering = true;
        } finally {
            lock.unlock();
        }
        relays.wake(0);
        log.info("capture.routes-running routes={}", running.keySet());
    }

    @Override
    public AutoCloseable follow(String route, Predicate<Change> wanted, Feed.Receiver receiver) {
        relays.refuseWhatRuns(route);
        Relay relay = relays.make(route, wanted, receiver::receive);
        relay.positioned().join();
        relays.start(route, relay);
        return () -> relays.stop(route, relay);
    }

    @Override
    public Set<String> followed() {
        return relays.routes();
    }

    @Override
    public Runnable waitedFor(Runnable call) {
        return precedence.counted(call);
    }

    @Override
    public boolean busy() {
        return relays.busy();
    }

    @Override
    public int open() {
        return relays.open();
    }

    @Override
    public void close() throws Exception {
        subscription.close();
    }
}
