package io.eventful.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The units that wait for the writer of a store: a bounded number, and none after it was closed. */
final class WriteQueue {

    private final String name;
    private final int groupLimit;
    private final BlockingQueue<Work<?>> works;
    /** Behind it nothing is queued. */
    private final Work<Integer> last = new UnitWork<>(connection -> 0);

    private volatile boolean closing;
    private volatile boolean ended;

    WriteQueue(String name, StoreSettings settings) {
        this.name = name;
        this.groupLimit = settings.group();
        this.works = new ArrayBlockingQueue<>(settings.queue());
    }

    /** Queues a unit, or refuses it at once. */
    void add(Work<?> work) {
        if (closing) work.refuse(closed());
        else if (!works.offer(work))
            work.refuse(
                    new StoreUnavailableException("store " + name + " is overloaded: eventful.store.queue is full"));
        else if (ended) refuseAll(); // nobody takes from the queue any more
    }

    /** Waits for the next unit. */
    Work<?> next() throws InterruptedException {
        return works.take();
    }

    /** Waits for the next unit; null when the time is over. */
    @Nullable
    Work<?> next(long millis) throws InterruptedException {
        return works.poll(millis, TimeUnit.MILLISECONDS);
    }

    /** A unit with what is queued behind it, as far as it fits into a group. */
    List<Work<?>> group(Work<?> first) {
        List<Work<?>> group = new ArrayList<>();
        group.add(first);
        works.drainTo(group, groupLimit - 1);
        return List.copyOf(group);
    }

    /** Whether the queue was closed with this group. */
    boolean endsWith(List<Work<?>> group) {
        return group.contains(last);
    }

    boolean isClosing() {
        return closing;
    }

    int size() {
        return works.size();
    }

    /** Takes no more units; false if there is no room for the mark that tells the writer so. */
    boolean close(Duration wait) throws InterruptedException {
        closing = true;
        return works.offer(last, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The writer has stopped: refuses what is left and what still comes. */
    void end() {
        closing = true;
        ended = true;
        refuseAll();
    }

    private void refuseAll() {
        List<Work<?>> left = new ArrayList<>();
        works.drainTo(left);
        for (Work<?> work : left) work.refuse(closed());
    }

    StoreUnavailableException closed() {
        return new StoreUnavailableException("store " + name + " is closed");
    }
}
