package io.eventful.command;

import io.eventful.edge.Upstreams;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Callers who wait for commands: each for a bounded time, and a bounded number of them. */
final class Waits {

    private final Duration longest;
    private final Semaphore places;

    Waits(CommandSettings settings) {
        longest = settings.waitMax();
        places = new Semaphore(settings.waiters());
    }

    /** Waits for the end of a command; the reply as it came, when it came in time. */
    Optional<Upstreams.Fetched> forReply(Pending command, Duration time) {
        try {
            return inPlace(command, time).flatMap(Pending.Ended::live);
        } finally {
            command.waiting.decrementAndGet();
        }
    }

    /** Waits for the end of a command; at once when too many wait already. */
    void forEnd(Pending command, Duration time) {
        inPlace(command, time);
    }

    private Optional<Pending.Ended> inPlace(Pending command, Duration time) {
        if (!places.tryAcquire()) return Optional.empty();
        try {
            return untilDone(command, time.compareTo(longest) > 0 ? longest : time);
        } finally {
            places.release();
        }
    }

    /** Waits for the end of a command, on behalf of a write that must not overtake it. */
    Optional<Pending.Ended> untilDone(Pending command, Duration time) {
        try {
            return Optional.of(command.done.get(time.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a command's end cannot fail", e);
        }
    }
}
