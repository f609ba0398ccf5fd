package io.eventful.admin;

import io.eventful.event.Publication;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was published and not yet sent to the client of a live tail, up to a limit. What finds no room is lost, unless the
 * stored publications are still being read: then it is read there. Thread-safe; never makes a publisher wait.
 */
final class TailQueue {

    private static final long NOTHING = -1;

    private final long from;
    private final BlockingQueue<Publication> waiting;

    /** Number of the last stored publication that was read; all those behind {@link #from} up to it have been. */
    private long read;

    private boolean catchingUp;

    /** The highest number that found no room since the stored publications were last read. */
    private long missed = NOTHING;

    private long lost;

    /** @param from number of the client's last publication; {@link Tail#NOW} if none that is stored will be read */
    TailQueue(long from, int limit) {
        this.from = from;
        this.read = from;
        this.catchingUp = from != Tail.NOW;
        this.waiting = new ArrayBlockingQueue<>(limit);
    }

    synchronized void add(Publication publication) {
        if (isRead(publication) || waiting.offer(publication)) return;
        // A client that is ahead of this store has not been sent what comes up to its number.
        if (catchingUp && publication.sequence() > from) missed = Math.max(missed, publication.sequence());
        else lost++;
    }

    /**
     * The stored publications have been read up to a number. Returns whether that is all: what is published from now on
     * waits here or is lost. Otherwise, some that came meanwhile found no room, and are to be read too.
     */
    synchronized boolean caughtUp(long last) {
        read = last;
        waiting.removeIf(this::isRead);
        catchingUp = missed > last;
        missed = NOTHING;
        return !catchingUp;
    }

    private boolean isRead(Publication publication) {
        return from < publication.sequence() && publication.sequence() <= read;
    }

    /** The next one; null if none comes in time. */
    @Nullable
    Publication poll(Duration time) throws InterruptedException {
        return waiting.poll(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many were lost since this was last asked. */
    synchronized long takeLost() {
        long count = lost;
        lost = 0;
        return count;
    }
}
