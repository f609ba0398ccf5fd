package io.eventful.capture;

import io.eventful.event.Change;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Relayed;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the changes of the ledger to one route: many items at once, one change at a time for each item and in order. A
 * change that fails is tried again and then parked; while what the route needs is away (a broker, a store), its changes
 * wait and none is parked. The route's position moves when all changes up to it are done or parked, so a crash repeats
 * changes and loses none.
 */
final class Relay {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    private final String route;
    private final Predicate<Change> mine;
    private final Receiver receiver;
    private final Ledger ledger;
    private final Executor threads;
    private final CaptureSettings settings;
    private final Progress progress;
    private final Parking parking;
    private final LedgerReader reader;
    private final ItemQueues queues;

    Relay(
            String route,
            Predicate<Change> mine,
            Receiver receiver,
            Ledger ledger,
            Pauses pauses,
            Precedence precedence,
            Executor threads,
            Clock clock,
            CaptureSettings settings) {
        this.route = route;
        this.mine = mine;
        this.receiver = receiver;
        this.ledger = ledger;
        this.threads = threads;
        this.settings = settings;
        this.progress = new Progress(route, ledger, pauses, settings.relay().advance());
        this.parking = new Parking(route, ledger, pauses, clock, settings.retry());
        this.reader = new LedgerReader(route, ledger, progress, pauses, precedence, settings.relay(), this::admit);
        Outage outage = new Outage(route, clock, reader::left);
        this.queues = new ItemQueues(
                receiver, progress, parking, outage, pauses, threads, settings.retry(), reader::roomMade);
    }

    /** Completes when it is durable where the route begins. */
    CompletableFuture<Void> positioned() {
        return progress.begun();
    }

    /** Begins to read. */
    void start() {
        parking.load(progress.read());
        reader.start(threads);
        // The route may have been mended since: what it could not handle before, it may handle now.
        retryParked(null);
    }

    /** There is more to read, up to a position that is durable. */
    void wake(long position) {
        reader.wake(position);
    }

    /** Begins nothing new, waits for what is in flight (bounded), and keeps the position. */
    void stop() {
        long deadline = System.nanoTime() + settings.relay().drain().toNanos();
        queues.stop();
        parking.stop();
        reader.stop();
        try {
            boolean stopped = reader.awaitStopped(deadline);
            int inFlight = queues.awaitIdle(deadline);
            if (!stopped || inFlight > 0) log.warn("capture.route-stopped-early route={} inFlight={}", route, inFlight);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        progress.advance();
    }

    /** Tries the parked changes of a subject (null: of all) anew, in order, until one fails. */
    void retryParked(@Nullable String subject) {
        threads.execute(() -> parking.retry(subject, receiver));
    }

    /** A parked change was given up: what waits behind it is tried. */
    void skipped(Relayed.Parked row) {
        parking.skipped(row);
        retryParked(row.item().subject());
    }

    private void admit(Change change) {
        if (!mine.test(change) || parking.isGivenUp(change)) {
            progress.skip(change.position());
            return;
        }
        progress.begin(change);
        queues.add(change);
    }

    /** How many positions of the ledger the route is behind; a store that does not answer makes it unknown. */
    double waiting() {
        try {
            return progress.left(ledger.head());
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    /** How many changes the route could not handle, with those behind them. */
    int parked() {
        return parking.size();
    }

    /** How many changes the route has begun and not done. */
    int open() {
        return progress.open();
    }

    /** Whether the route does something; false while it has read all up to the head and waits for next attempts. */
    boolean busy(long head) {
        return queues.busy(head);
    }
}
