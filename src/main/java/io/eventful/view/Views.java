package io.eventful.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Activity;
import io.eventful.event.Change;
import io.eventful.event.Event;
import io.eventful.event.Json;
import io.eventful.ledger.History;
import io.eventful.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The read models of the running routes. */
public final class Views implements Activity {

    private final ViewStore store;
    private final Ledger ledger;
    private final History history;
    private final Executor threads;
    private final Clock clock;
    private final ViewSettings settings;
    private final ViewRebuilds fillings;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Map<String, Running> running = Map.of();

    Views(ViewStore store, Ledger ledger, History history, Executor threads, Clock clock, ViewSettings settings) {
        this.store = store;
        this.ledger = ledger;
        this.history = history;
        this.threads = threads;
        this.clock = clock;
        this.settings = settings;
        this.fillings = new ViewRebuilds(ledger, threads, clock);
    }

    /** A view, its projector, and the routes that send to it; the options of the last one apply. */
    record Running(
            View view,
            Projector projector,
            Watermark watermark,
            AtomicBoolean rebuilding,
            LinkedHashSet<Registration> registrations) {}

    /**
     * The status of a view.
     *
     * @param name name of the view
     * @param access who may read it
     * @param rows number of items
     * @param position all changes of the view up to this position are projected
     * @param head newest position of the ledger
     * @param lag age of the oldest change that is not projected
     * @param maxLag lag above which the state is {@code behind}
     * @param state {@code live}, {@code behind} or {@code rebuilding}
     */
    public record Status(
            String name,
            String access,
            long rows,
            long position,
            long head,
            Duration lag,
            Duration maxLag,
            String state) {}

    /** A route that projects into a view. */
    final class Registration implements AutoCloseable {
        private final String name;
        private final ViewOptions options;
        private final Sources sources;
        private @Nullable Running target;

        private Registration(String name, ViewOptions options, Sources sources) {
            this.name = name;
            this.options = options;
            this.sources = sources;
        }

        CompletionStage<Void> project(Event event) {
            Running known = target;
            if (known == null) throw new IllegalStateException("view " + name + " does not run");
            return known.projector().project(event);
        }

        @Override
        public void close() {
            unregister(this);
        }
    }

    /** Registers a route that projects into a view. A new view is created and built from the ledger. */
    Registration register(String name, ViewOptions options, Sources sources) {
        Registration registration = new Registration(name, options, sources);
        Running target;
        boolean first;
        lock.lock();
        try {
            Running known = running.get(name);
            first = known == null;
            target = known == null ? start(name, options, sources) : known;
            target.registrations().add(registration);
            registration.target = target;
            target.view().use(options, sources);
            if (known == null) {
                Map<String, Running> next = new TreeMap<>(running);
                next.put(name, target);
                running = next;
            }
        } finally {
            lock.unlock();
        }
        if (ViewRebuilds.isOutdated(target)) fillings.begin(target);
        else if (first) fillings.tidy(target);
        return registration;
    }

    private Running start(String name, ViewOptions options, Sources sources) {
        View view = new View(name, store, options, sources, settings.waiters());
        Watermark watermark = new Watermark(view, ledger, clock, settings.grace());
        Projector projector = new Projector(view, history, threads, settings, watermark::projected);
        return new Running(view, projector, watermark, new AtomicBoolean(), new LinkedHashSet<>());
    }

    private void unregister(Registration registration) {
        lock.lock();
        try {
            Running target = running.get(registration.name);
            if (target == null || !target.registrations().remove(registration)) return;
            if (target.registrations().isEmpty()) {
                Map<String, Running> next = new TreeMap<>(running);
                next.remove(registration.name);
                running = next;
                target.view().end();
            } else {
                Registration last = target.registrations().getLast();
                target.view().use(last.options, last.sources);
            }
        } finally {
            lock.unlock();
        }
    }

    Optional<Running> find(String name) {
        return Optional.ofNullable(running.get(name));
    }

    List<Running> all() {
        return new ArrayList<>(running.values());
    }

    /** Whether a rebuild is running. */
    @Override
    public boolean busy() {
        return running.values().stream().anyMatch(one -> one.rebuilding().get());
    }

    @Override
    public int open() {
        return 0;
    }

    /** The status of all views, sorted by name. Blocks. */
    public List<Status> statuses() {
        return all().stream().map(this::status).toList();
    }

    /** The status of a view; empty if no route projects into it. Blocks. */
    public Optional<Status> status(String name) {
        return find(name).map(this::status);
    }

    private Status status(Running one) {
        View view = one.view();
        Lag lag = one.watermark().measure();
        view.lag(lag);
        boolean behind = lag.behind().compareTo(view.options().maxLag()) > 0;
        return new Status(
                view.name(),
                view.options().access().name().toLowerCase(Locale.ROOT),
                store.count(view.live()),
                lag.watermark(),
                ledger.head(),
                lag.behind(),
                view.options().maxLag(),
                one.rebuilding().get() ? "rebuilding" : behind ? "behind" : "live");
    }

    /**
     * The state of an item in a view.
     *
     * @param view name of the view
     * @param revision revision of the last projected change of the item; 0 if the view does not have it
     * @param state the item; null if the view has no state
     */
    public record Held(String view, long revision, @Nullable JsonNode state) {}

    /** The state of the changed item in all views that receive the change. Blocks. */
    public List<Held> holding(Change change) {
        List<Held> held = new ArrayList<>();
        for (Running one : all()) {
            if (!one.view().sources().feed(change)) continue;
            Optional<Row> row = one.view().find(change.item());
            byte[] state = row.map(Row::state).orElse(null);
            held.add(new Held(
                    one.view().name(), row.map(Row::revision).orElse(0L), state == null ? null : Json.parse(state)));
        }
        return held;
    }

    /** The result of starting a rebuild. */
    public enum Rebuilding {
        STARTED,
        /** A rebuild is already running. */
        RUNNING,
        /** No route projects into a view with this name. */
        NO_VIEW
    }

    /** Starts to rebuild a view from the ledger in the background. */
    public Rebuilding rebuild(String name) {
        Running target = running.get(name);
        if (target == null) return Rebuilding.NO_VIEW;
        return fillings.begin(target) ? Rebuilding.STARTED : Rebuilding.RUNNING;
    }

    /**
     * Starts outstanding rebuilds: after a failure, or if the {@code index} changed while another rebuild was running.
     */
    void fillOutdated() {
        for (Running one : running.values()) if (ViewRebuilds.isOutdated(one)) fillings.repair(one);
    }
}
