package io.eventful.view;

import io.eventful.event.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One running read model: its live copy, the copy of a running rebuild, and the reads that wait for a projection. */
final class View {

    /** Maximum time between two checks of a waiting read, because a change that a filter dropped gives no signal. */
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final String name;
    private final ViewStore store;
    private final Semaphore waiting;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition projected = lock.newCondition();
    private final ReentrantLock swapping = new ReentrantLock();
    private volatile boolean ended;
    private volatile ViewOptions options;
    private volatile Sources sources;
    private volatile Generation live;
    private volatile @Nullable Generation building;
    private volatile Lag lag = Lag.NONE;

    View(String name, ViewStore store, ViewOptions options, Sources sources, int waiters) {
        this.name = name;
        this.store = store;
        this.options = options;
        this.sources = sources;
        this.waiting = new Semaphore(waiters);
        this.live = store.open(name, options.index());
    }

    String name() {
        return name;
    }

    ViewOptions options() {
        return options;
    }

    Sources sources() {
        return sources;
    }

    /** Replaces the options and sources after a reload of the routes. */
    void use(ViewOptions newOptions, Sources newSources) {
        options = newOptions;
        sources = newSources;
    }

    Generation live() {
        return live;
    }

    /** The copies that events are written to. */
    List<Generation> written() {
        List<Generation> all = new ArrayList<>(2);
        // In this order, so that a concurrent swap cannot hide one of them.
        Generation second = building;
        all.add(live);
        if (second != null && second.id() != all.getFirst().id()) all.add(second);
        return all;
    }

    void building(@Nullable Generation generation) {
        building = generation;
    }

    /**
     * Replaces the live copy.
     *
     * @return false if no route projects into this view any more; a new view of the same name may own the live copy
     */
    boolean swap(Generation generation, long watermark) {
        swapping.lock();
        try {
            if (ended) return false;
            store.swap(name, generation, watermark);
            live = generation;
            building = null;
        } finally {
            swapping.unlock();
        }
        signal();
        return true;
    }

    /** Ends the view: no copy replaces the live one from now on. Waits for a running replacement. */
    void end() {
        swapping.lock();
        try {
            ended = true;
        } finally {
            swapping.unlock();
        }
    }

    boolean isEnded() {
        return ended;
    }

    Lag lag() {
        return lag;
    }

    void lag(Lag now) {
        lag = now;
    }

    /** Reads from the live copy; again if it was replaced meanwhile, because then its rows may be gone. */
    <T> T read(Function<Generation, T> reading) {
        while (true) {
            Generation used = live;
            T result = reading.apply(used);
            if (isLive(used)) return result;
        }
    }

    boolean isLive(Generation generation) {
        return generation.id() == live.id();
    }

    Optional<Row> find(Item item) {
        return read(copy -> store.find(copy, item));
    }

    ViewStore store() {
        return store;
    }

    /** Wakes up waiting reads after a projection. */
    void signal() {
        lock.lock();
        try {
            projected.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The result of a wait. */
    enum Waited {
        REACHED,
        TIMEOUT,
        /** Too many reads are already waiting. */
        REFUSED
    }

    /** Waits until a condition is true; it is checked after each projection. Blocks. */
    Waited await(BooleanSupplier reached, long nanos) throws InterruptedException {
        if (reached.getAsBoolean()) return Waited.REACHED;
        if (nanos <= 0) return Waited.TIMEOUT;
        if (!waiting.tryAcquire()) return Waited.REFUSED;
        try {
            long deadline = System.nanoTime() + nanos;
            while (true) {
                long left = deadline - System.nanoTime();
                if (left <= 0) return reached.getAsBoolean() ? Waited.REACHED : Waited.TIMEOUT;
                lock.lock();
                try {
                    // Checked under the lock, so that no signal is missed between the check and the wait.
                    if (reached.getAsBoolean()) return Waited.REACHED;
                    long unused = projected.awaitNanos(Math.min(left, LOOK_AGAIN_NANOS));
                } finally {
                    lock.unlock();
                }
            }
        } finally {
            waiting.release();
        }
    }
}
