package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Relayed;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which changes of a route are not done yet, and so how far the route has come without a gap. That position is kept in
 * the ledger, lazily: an older one after a crash only repeats changes.
 */
final class Progress {

    private static final Logger log = LoggerFactory.getLogger(Progress.class);

    private final String route;
    private final Relayed relayed;
    private final Pauses pauses;
    private final Duration interval;
    private final CompletableFuture<Void> begun;

    private final ReentrantLock lock = new ReentrantLock();
    /** Positions of what is not done, and about how many bytes of documents each holds. */
    private final TreeMap<Long, Long> open = new TreeMap<>();

    private long bytes;
    private long read;
    private long kept;
    private boolean advancing;

    /** A route begins where it was, or, when it is new, at the ledger's head. */
    Progress(String route, Ledger ledger, Pauses pauses, Duration interval) {
        this.route = route;
        this.relayed = ledger.relayed();
        this.pauses = pauses;
        this.interval = interval;
        OptionalLong before = relayed.position(route);
        this.read = before.orElseGet(ledger::head);
        this.kept = read;
        this.begun = before.isPresent() ? CompletableFuture.completedFuture(null) : relayed.advance(route, read);
    }

    /** Completes when the beginning is durable: a crash after the first capture must not make it a later one. */
    CompletableFuture<Void> begun() {
        return begun;
    }

    /** The last position that was read from the ledger. Only the reader calls it. */
    long read() {
        return read;
    }

    /** A change was read that is none of the route's. */
    void skip(long position) {
        lock.lock();
        try {
            read = position;
        } finally {
            lock.unlock();
        }
        advanceSoon();
    }

    /** A change was read that the route has to do. */
    void begin(Change change) {
        lock.lock();
        try {
            read = change.position();
            long held = held(change);
            open.put(read, held);
            bytes += held;
        } finally {
            lock.unlock();
        }
    }

    /** A change is done or durably parked. */
    void end(long position) {
        lock.lock();
        try {
            Long held = open.remove(position);
            if (held != null) bytes -= held;
        } finally {
            lock.unlock();
        }
        advanceSoon();
    }

    /** How many more changes may be begun; one at least as long as none is under way. */
    int room(CaptureSettings.Relaying limits) {
        lock.lock();
        try {
            if (bytes >= limits.memory().toBytes() && !open.isEmpty()) return 0;
            return limits.window() - open.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many changes up to a position are not known to be done. */
    long left(long head) {
        lock.lock();
        try {
            return Math.max(open.size(), head - done());
        } finally {
            lock.unlock();
        }
    }

    /** Changes that were begun and are not done. */
    int open() {
        lock.lock();
        try {
            return open.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is more to read up to a position. */
    boolean isBehind(long head) {
        lock.lock();
        try {
            return read < head;
        } finally {
            lock.unlock();
        }
    }

    /** What its items take: a small body may be about a large one. Both images of a change that are one count twice. */
    private static long held(Change change) {
        return HeldBytes.of(change.before()) + HeldBytes.of(change.after());
    }

    private void advanceSoon() {
        lock.lock();
        try {
            if (advancing || done() == kept) return;
            advancing = true;
        } finally {
            lock.unlock();
        }
        pauses.after(interval, this::advance);
    }

    /** Keeps the position now. */
    void advance() {
        long position;
        lock.lock();
        try {
            advancing = false;
            position = done();
            if (position == kept) return;
            kept = position;
        } finally {
            lock.unlock();
        }
        relayed.advance(route, position).whenComplete((done, error) -> {
            if (error != null) log.warn("capture.position-not-kept route={} reason=\"{}\"", route, Reasons.of(error));
        });
    }

    private long done() {
        return open.isEmpty() ? read : open.firstKey() - 1;
    }
}
