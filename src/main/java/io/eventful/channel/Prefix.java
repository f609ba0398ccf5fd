package io.eventful.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Messages in the order of their arrival, of which those finished without a gap from the start may be acknowledged. */
final class Prefix<T> {

    private final Deque<Entry<T>> entries = new ArrayDeque<>();
    private int finishedBehindGap;
    private int open;

    /** A message and how far it is. */
    static final class Entry<T> {
        private final T message;
        private State state = State.OPEN;

        private Entry(T message) {
            this.message = message;
        }
    }

    private enum State {
        OPEN,
        FINISHED,
        TAKEN
    }

    synchronized Entry<T> add(T message) {
        Entry<T> entry = new Entry<>(message);
        entries.addLast(entry);
        open++;
        return entry;
    }

    synchronized void finish(Entry<T> entry) {
        if (entry.state != State.OPEN) return;
        entry.state = State.FINISHED;
        finishedBehindGap++;
        open--;
        if (open == 0) notifyAll();
    }

    /** Forgets a message that was never begun. Everything added later must be dropped as well. */
    synchronized void drop(Entry<T> entry) {
        if (entries.remove(entry) && entry.state == State.OPEN) open--;
        if (open == 0) notifyAll();
    }

    /** Waits until everything is finished, at most so long. */
    synchronized void awaitFinished(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; open > 0 && left > 0; left = end - System.nanoTime())
            TimeUnit.NANOSECONDS.timedWait(this, left);
    }

    /** Removes the finished prefix; its last message, unless that has been taken singly or there is none. */
    synchronized @Nullable T advance() {
        T last = null;
        while (!entries.isEmpty() && entries.getFirst().state != State.OPEN) {
            Entry<T> entry = entries.removeFirst();
            if (entry.state == State.FINISHED) {
                finishedBehindGap--;
                last = entry.message;
            }
        }
        return last;
    }

    /** When at least {@code threshold} messages are finished behind a gap: takes them, to be acknowledged singly. */
    synchronized List<T> takeBehindGap(int threshold) {
        if (finishedBehindGap < threshold) return List.of();
        List<T> taken = new ArrayList<>(finishedBehindGap);
        for (Entry<T> entry : entries) {
            if (entry.state != State.FINISHED) continue;
            entry.state = State.TAKEN;
            taken.add(entry.message);
        }
        finishedBehindGap = 0;
        return taken;
    }

    /** Messages that are not acknowledged yet. */
    synchronized int size() {
        return entries.size();
    }
}
