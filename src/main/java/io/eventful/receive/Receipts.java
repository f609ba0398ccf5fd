package io.eventful.receive;

import io.eventful.edge.Handler;
import io.eventful.edge.RequestHead;
import io.eventful.edge.Routing;
import io.eventful.event.Change;
import io.eventful.ledger.Feed;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Keeper keeper;
    private final Budget budget;
    private final ExecutorService calls;
    private final Clock clock;
    private final ReceiveSettings settings;

    private final ReentrantLock swaps = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ReceiveRoute> running = new LinkedHashMap<>();
    private final Map<String, AutoCloseable> followed = new HashMap<>();
    /** Routes that have stopped and not come back yet, by their paths. */
    private final Map<String, Set<String>> left = new HashMap<>();

    private volatile boolean holding;
    private volatile Map<String, Door> doors = Map.of();

    Receipts(
            Feed feed,
            Routing routing,
            Keeper keeper,
            Budget budget,
            ExecutorService calls,
            Clock clock,
            ReceiveSettings settings) {
        this.feed = feed;
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
            holding = true;
            exchange.run();
            install();
            holding = false;
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
            install();
        } catch (RuntimeException e) {
            unregister(route);
            throw e;
        }
    }

    private static boolean isReceipt(Change change, String source) {
        return change.item().source().equals(source);
    }

    /** A route stops: waits, bounded, for its receipts in flight. */
    void unregister(ReceiveRoute route) {
        AutoCloseable end;
        boolean now;
        lock.lock();
        try {
            if (!running.remove(route.id(), route)) return;
            end = followed.remove(route.id());
            left.computeIfAbsent(route.path(), none -> new HashSet<>()).add(route.id());
            now = !holding;
        } finally {
            lock.unlock();
        }
        if (now) install();
        try {
            if (end != null) end.close();
        } catch (Exception e) {
            log.warn("receive.route-failed route={} reason=\"{}\"", route.id(), e.toString());
        }
    }

    /** Puts what runs into force: its place in the ledger is durable before its door opens, so it misses nothing. */
    private void install() {
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
                            + ", with different options; give both the same");
            }
            for (ReceiveRoute route : running.values())
                if (!followed.containsKey(route.id())) followed.put(route.id(), follow(route));
            left.clear();
            doors = Map.copyOf(next);
        } finally {
            lock.unlock();
        }
        log.info("receive.paths paths={}", paths());
    }

    /** What waits for a route of the same path that is gone, such as its former name, is this one's. */
    private AutoCloseable follow(ReceiveRoute route) {
        String source = Door.source(route.path());
        Set<String> gone = new HashSet<>(left.getOrDefault(route.path(), Set.of()));
        gone.removeAll(running.keySet());
        return feed.follow(route.id(), gone, change -> isReceipt(change, source), route.receiver());
    }

    /** A door that stays as it is keeps its count. */
    private Door door(@Nullable Door former, ReceiveRoute route) {
        if (former != null && former.options().equals(route.options())) return former;
        ReceiveOptions options = route.options();
        return new Door(
                route.path(), options, Providers.of(options, settings.batch()), new Rate(options.rate(), clock));
    }

    private @Nullable Handler match(RequestHead head) {
        Door door = doors.get(head.path());
        if (door == null) return null;
        return call -> calls.execute(
                feed.waitedFor(new ReceivedCall(call, door, keeper, budget, settings.storeWait(), clock)));
    }
}
