package io.eventful.channel;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Bounds what is under way, by count and by bytes, and how much of it is worked on at once. One message always fits,
 * however large.
 */
final class Window {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final WindowSize size;
    private final int maxCount;
    private final long maxBytes;
    private int count;
    private int aside;
    private long bytes;
    private boolean closed;

    /** @param nanos a clock such as {@link System#nanoTime} */
    Window(int maxCount, long maxBytes, LongSupplier nanos) {
        this.size = new WindowSize(maxCount, nanos);
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    /** Waits for room; false when closed or interrupted. */
    boolean enter(int size) {
        lock.lock();
        try {
            // Time alone may make room.
            while (!closed && !fits(size)) {
                var unused = room.await(1, TimeUnit.SECONDS);
            }
            return take(size);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for room for so many nanoseconds; false also when closed or interrupted. */
    boolean enter(int size, long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!closed && !fits(size)) {
                if (left <= 0) return false;
                left = room.awaitNanos(left);
            }
            return take(size);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    void leave(int size) {
        lock.lock();
        try {
            this.size.ended(count - aside);
            count--;
            bytes -= size;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One that is under way is not worked on: it waits for its time, or for the one before it. */
    void setAside() {
        lock.lock();
        try {
            aside++;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One that was set aside is worked on, whether or not there is a place. */
    void takeUp() {
        lock.lock();
        try {
            aside--;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing more in. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(int size) {
        if (count == 0) return true;
        if (count >= maxCount || bytes + size > maxBytes) return false;
        if (count - aside >= this.size.now()) this.size.refused();
        return count - aside < this.size.now();
    }

    private boolean take(int size) {
        if (closed) return false;
        count++;
        bytes += size;
        return true;
    }
}
