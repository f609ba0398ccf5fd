package io.eventful.routes;

import io.eventful.event.Activity;
import io.eventful.routes.RoutesState.Reload;
import io.eventful.routes.RoutesState.Result;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running set of routes and its replacement: a new set is checked, built and swapped as a whole, or not at all.
 *
 * <p>It is built beside the running one, which does not notice if that fails. Then the running one stops to consume and
 * finishes what it has in hand, and after that the new one starts, because there must not be two consumers of one route id.
 * If the new one does not start, the former one is started again.
 */
public final class RouteSets implements Activity {

    private static final Logger LOG = LoggerFactory.getLogger(RouteSets.class);

    private final RouteFolder folder;
    private final GenerationBuilder builder;
    private final SwapGuard guard;
    private final Clock clock;
    private final Duration drain;

    private final ReentrantLock swapping = new ReentrantLock();
    private volatile @Nullable Generation running;
    private volatile Optional<Reload> lastReload = Optional.empty();
    private RouteFolder.Content lastRead = new RouteFolder.Content(List.of(), List.of());
    private final List<Consumer<Reload>> listeners = new CopyOnWriteArrayList<>();
    private long numbers;
    /** Guarded by the lock. */
    private boolean stopped;

    RouteSets(RouteFolder folder, GenerationBuilder builder, SwapGuard guard, Clock clock, Duration drain) {
        this.folder = folder;
        this.builder = builder;
        this.guard = guard;
        this.clock = clock;
        this.drain = drain;
    }

    /** The running set and the last reload. */
    public RoutesState state() {
        Generation now = running;
        if (now == null) return new RoutesState(0, List.of(), lastReload);
        List<RoutesState.RouteState> routes = now.routes().stream()
                .map(route -> new RoutesState.RouteState(
                        route.id(),
                        route.description(),
                        route.file(),
                        route.from(),
                        now.status(route).name().toLowerCase(Locale.ROOT)))
                .toList();
        return new RoutesState(now.number(), routes, lastReload);
    }

    /** Whether routes have exchanges in the background. */
    @Override
    public boolean busy() {
        Generation now = running;
        return now != null && BackgroundExchanges.pending(now.context()) > 0;
    }

    @Override
    public int open() {
        return 0;
    }

    /** The event flows of the running set, as far as they are statically known. */
    public RouteFlows flows() {
        Generation now = running;
        return now == null ? new RouteFlows(0, List.of()) : new RouteFlows(now.number(), now.flows());
    }

    /** Adds a listener for reloads. */
    void onReload(Consumer<Reload> listener) {
        listeners.add(listener);
    }

    /** Checks a set of files, given by name, without loading it. */
    public List<RouteProblem> check(Map<String, String> files) {
        List<RouteFile> set = files.entrySet().stream()
                .map(file -> new RouteFile(file.getKey(), file.getValue()))
                .toList();
        return builder.check(new RouteFolder.Content(set, List.of()));
    }

    Optional<Generation> running() {
        return Optional.ofNullable(running);
    }

    /** Loads the files for the first time. Fails with {@link RouteSetException} if the set has errors. */
    void start() {
        swapping.lock();
        try {
            stopped = false;
            load();
        } finally {
            swapping.unlock();
        }
    }

    /**
     * Loads the current files if they differ from the last ones, or if the last ones failed to start, which may have had
     * another cause. If the set has errors, the running one stays. Loads nothing once the set is stopped: who noticed a
     * change before may come after that, when the stores are closing.
     */
    void reload() {
        swapping.lock();
        try {
            if (stopped) return;
            boolean failed =
                    lastReload.filter(last -> last.result() == Result.FAILED).isPresent();
            if (failed || !folder.read().equals(lastRead)) load();
        } catch (RouteSetException e) {
            // Already reported with all problems; the running set stays.
            LOG.debug("routes.reload-ended", e);
        } finally {
            swapping.unlock();
        }
    }

    private void load() {
        long started = System.nanoTime();
        long number = numbers + 1;
        RouteFolder.Content content = folder.read();
        lastRead = content;
        List<RouteProblem> warnings = List.of();
        try {
            GenerationBuilder.Built built = builder.build(number, content);
            warnings = built.warnings();
            swap(built.generation());
            numbers = number;
            report(number, Result.LOADED, content, warnings, started);
        } catch (RouteSetException e) {
            report(number, Result.REFUSED, content, e.problems(), started);
            throw e;
        } catch (Exception | LinkageError e) { // a library that a route uses may lack a dependency
            List<RouteProblem> problems = new ArrayList<>(warnings);
            problems.add(Place.whole(folder.directory()).error("start", Messages.of(e), ""));
            report(number, Result.FAILED, content, problems, started);
            throw new RouteSetException(folder.directory(), problems, e);
        }
    }

    private void swap(Generation next) {
        Generation former = running;
        try {
            guard.swap(() -> exchange(former, next));
        } catch (Exception | LinkageError e) {
            next.stop(drain);
            if (former != null) guard.swap(() -> former.start());
            next.close();
            throw e;
        }
        running = next;
        if (former != null) former.close();
    }

    /**
     * The ledger position of a capture route and the queue of a channel route belong to a route id, so the old generation
     * is stopped and has finished its exchanges before the new one starts. The queues of new channel routes were created
     * when the generation was built.
     */
    private void exchange(@Nullable Generation former, Generation next) {
        next.install();
        if (former != null) former.stop(drain);
        next.start();
    }

    private void report(
            long number, Result result, RouteFolder.Content content, List<RouteProblem> problems, long started) {
        Reload reload = new Reload(clock.instant(), result, problems);
        lastReload = Optional.of(reload);
        listeners.forEach(listener -> listener.accept(reload));
        int errors = 0;
        for (RouteProblem problem : problems) {
            if (problem.isError()) {
                errors++;
                LOG.error("{}", problem.text());
            } else {
                LOG.warn("{}", problem.text());
            }
        }
        Generation now = running;
        LOG.info(
                "routes.loaded generation={} result={} files={} routes={} problems={} warnings={} millis={}",
                number,
                result.name().toLowerCase(Locale.ROOT),
                content.files().size(),
                now == null ? 0 : now.routes().size(),
                errors,
                problems.size() - errors,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
    }

    /** Stops to consume, waits for running exchanges, and closes. */
    void stop() {
        swapping.lock();
        try {
            stopped = true;
            Generation now = running;
            if (now == null) return;
            running = null;
            guard.end(() -> now.stop(drain));
            now.close();
        } finally {
            swapping.unlock();
        }
    }
}
