package io.eventful.channel;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bounds what is under way, by count and by bytes. One message always fits, however large. */
final class Window {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final int maxCount;
    private final long maxBytes;
    private int count;
    private long bytes;
    private boolean closed;

    Window(int maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    /** Waits for room; false when closed or interrupted. */
    boolean enter(int size) {
        lock.lock();
        try {
            while (!closed && !fits(size)) room.await();
            return take(size);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Takes room when there is some now. */
    boolean tryEnter(int size) {
        lock.lock();
        try {
            return fits(size) && take(size);
        } finally {
            lock.unlock();
        }
    }

    void leave(int size) {
        lock.lock();
        try {
            count--;
            bytes -= size;
            room.signalAll();
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
        return count == 0 || (count < maxCount && bytes + size <= maxBytes);
    }

    private boolean take(int size) {
        if (closed) return false;
        count++;
        bytes += size;
        return true;
    }
}
