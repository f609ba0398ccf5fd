package io.eventful.routetest;

import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds routes back while a call is open: what follows from the call in the background then happens after its reply, in
 * every run. Only routes that no reply waits for are held: those of changes and of channels. Thread-safe.
 */
final class Holdback {

    /** Schemes of the endpoints from which such routes begin. */
    static final Set<String> BACKGROUND = Set.of("capture", "channel", "webhook-in");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    /** Who makes the call, while routes wait: it also turns the clock and runs what is due then. */
    private @Nullable Thread caller;

    private int held;

    /** From now on routes wait for this thread. */
    void close() {
        lock.lock();
        try {
            caller = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return caller != null;
        } finally {
            lock.unlock();
        }
    }

    /** Lets routes go on; tells how many waited. */
    int open() {
        lock.lock();
        try {
            caller = null;
            opened.signalAll();
            return held;
        } finally {
            lock.unlock();
        }
    }

    /** A route that no reply waits for begins: it may have to wait. */
    void pass() {
        lock.lock();
        held++;
        try {
            while (caller != null && caller != Thread.currentThread()) opened.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            held--;
            lock.unlock();
        }
    }
}
