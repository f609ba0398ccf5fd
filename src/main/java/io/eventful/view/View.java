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
import org.jspecify.annotations.Nullable;

/** One running read model: its live filling, the one that is being built, and who waits for what is not projected yet. */
final class View {

    /** How long at most until a waiting read looks again: what a filter keeps from the view is told by no signal. */
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

    /** Other routes feed it now, perhaps with other options. */
    void use(ViewOptions newOptions, Sources newSources) {
        options = newOptions;
        sources = newSources;
    }

    Generation live() {
        return live;
    }

    /** The fillings that events are written to. */
    List<Generation> written() {
        List<Generation> all = new ArrayList<>(2);
        // In this order, so that a swap in between leaves none out.
        Generation second = building;
        all.add(live);
        if (second != null && second.id() != all.getFirst().id()) all.add(second);
        return all;
    }

    void building(@Nullable Generation generation) {
        building = generation;
    }

    /**
     * Puts a filling in the live one's place.
     *
     * @return false when no route projects into this view any more: another one of its name may have the live filling
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

    /** No route projects into it any more, and no filling takes the live one's place from now on. Waits for one that does. */
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

    Optional<Row> find(Item item) {
        return store.find(live, item);
    }

    ViewStore store() {
        return store;
    }

    /** Something was projected. */
    void signal() {
        lock.lock();
        try {
            projected.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How a wait ended. */
    enum Waited {
        REACHED,
        TIMEOUT,
        /** Too many wait already. */
        REFUSED
    }

    /** Waits until something is true, which is looked at whenever something was projected. Blocks. */
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
                    // Looked at under the lock, so that no signal falls between the look and the wait.
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
