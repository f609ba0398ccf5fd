package io.eventful.receive;

import io.eventful.edge.Handler;
import io.eventful.edge.RequestHead;
import io.eventful.edge.Routing;
import io.eventful.ledger.Feed;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Relayed;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running {@code webhook-in:} routes and the doors that follow from them. While routes are exchanged for others in a
 * {@link #swap}, the old doors stay open: receipts wait in the ledger, so none is lost and none goes to the system behind.
 */
public final class Receipts {

    private static final Logger log = LoggerFactory.getLogger(Receipts.class);

    private final Feed feed;
    private final Ledger ledger;
    private final Keeper keeper;
    private final Budget budget;
    private final ExecutorService calls;
    private final Clock clock;
    private final ReceiveSettings settings;

    private final ReentrantLock swaps = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ReceiveRoute> running = new LinkedHashMap<>();
    private final Map<String, AutoCloseable> followed = new HashMap<>();

    private volatile boolean holding;
    /** Null until the first route receives. */
    private volatile @Nullable Shares shares;

    private volatile Map<String, Door> doors = Map.of();

    Receipts(
            Feed feed,
            Ledger ledger,
            Routing routing,
            Keeper keeper,
            Budget budget,
            ExecutorService calls,
            Clock clock,
            ReceiveSettings settings) {
        this.feed = feed;
        this.ledger = ledger;
        this.keeper = keeper;
        this.budget = budget;
        this.calls = calls;
        this.clock = clock;
        this.settings = settings;
        routing.install(Routing.Layer.WEBHOOK, this::match);
    }

    /**
     * Runs an exchange of routes: doors open and close at its end, all at once. When it fails, the old doors stay until
     * another exchange succeeds. Fails with {@link IllegalArgumentException} when the routes that run then contradict each
     * other.
     */
    public void swap(Runnable exchange) {
        swaps.lock();
        try {
            end(exchange);
            install(this::divide);
            holding = false;
        } finally {
            swaps.unlock();
        }
    }

    /** Runs the stop of the last routes. Doors stay open until the next exchange: what comes in waits in the ledger. */
    public void end(Runnable stop) {
        swaps.lock();
        try {
            holding = true;
            stop.run();
        } finally {
            swaps.unlock();
        }
    }

    /** Paths at which webhooks are taken now. */
    public List<String> paths() {
        return doors.keySet().stream().sorted().toList();
    }

    /** A route has started. */
    void register(ReceiveRoute route) {
        lock.lock();
        try {
            running.put(route.id(), route);
            if (holding) return;
        } finally {
            lock.unlock();
        }
        try {
            install(this::divide);
        } catch (RuntimeException e) {
            unregister(route);
            throw e;
        }
    }

    /** A route stops: waits, bounded, for its receipts in flight. */
    void unregister(ReceiveRoute route) {
        AutoCloseable end;
        boolean now;
        lock.lock();
        try {
            if (!running.remove(route.id(), route)) return;
            end = followed.remove(route.id());
            now = !holding;
        } finally {
            lock.unlock();
        }
        // What it has not handled stays its own until others come.
        if (now) install(() -> {});
        try {
            if (end != null) end.close();
        } catch (Exception e) {
            log.warn("receive.route-failed route={} reason=\"{}\"", route.id(), e.toString());
        }
    }

    /**
     * Puts what runs into force: its place in the ledger is durable before its door opens, so it misses nothing.
     *
     * @param divide says which receipts belong to which route
     */
    private void install(Runnable divide) {
        lock.lock();
        try {
            Map<String, Door> former = doors;
            Map<String, Door> next = new HashMap<>();
            Map<String, String> holders = new HashMap<>();
            for (ReceiveRoute route : running.values()) {
                String holder = holders.putIfAbsent(route.path(), route.id());
                Door door = next.get(route.path());
                if (door == null) next.put(route.path(), door(former.get(route.path()), route));
                else if (!door.options().equals(route.options()))
                    throw new IllegalArgumentException("routes " + holder + " and " + route.id()
                            + " receive at the same path, " + route.path()
                            + ", with different options; use the same options for both");
            }
            divide.run();
            for (ReceiveRoute route : running.values())
                if (!followed.containsKey(route.id())) followed.put(route.id(), follow(route));
            doors = Map.copyOf(next);
        } finally {
            lock.unlock();
        }
        log.info("receive.paths paths={}", paths());
    }

    /** Positions first: after a crash in between, receipts are only repeated. */
    private void divide() {
        Shares former = shares;
        if (former == null) former = new Shares(ledger.relayed().received());
        Map<String, String> paths = new HashMap<>();
        for (ReceiveRoute route : running.values()) paths.put(route.id(), route.path());
        Relayed relayed = ledger.relayed();
        Division division = new Division(former.all(), paths, relayed::position, ledger.head());
        CompletableFuture.allOf(division.positions().entrySet().stream()
                        .map(begin -> relayed.advance(begin.getKey(), begin.getValue()))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        List<Relayed.Inherited> parked = former.parked(division.heirs(), relayed);
        if (!parked.isEmpty()) relayed.handOver(parked).join();
        Shares next = division.shares();
        if (!next.all().equals(former.all())) relayed.receive(next.all()).join();
        shares = next;
    }

    private AutoCloseable follow(ReceiveRoute route) {
        String id = route.id();
        return feed.follow(id, change -> Objects.requireNonNull(shares).include(id, change), route.receiver());
    }

    /** A door that stays as it is keeps its count. */
    private Door door(@Nullable Door former, ReceiveRoute route) {
        if (former != null && former.options().equals(route.options())) return former;
        ReceiveOptions options = route.options();
        return new Door(
                route.path(), options, Providers.of(options, settings.batch()), new Rate(options.rate(), clock));
    }

    private @Nullable Handler match(RequestHead head) {
        Door door = Door.at(doors, head);
        if (door == null) return null;
        return call -> calls.execute(
                feed.waitedFor(new ReceivedCall(call, door, keeper, budget, settings.storeWait(), clock)));
    }
}
