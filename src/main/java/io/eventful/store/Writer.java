package io.eventful.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer of a database (group commit): takes all queued units, runs them in one transaction, commits once, and
 * then completes their futures. After a failure it reconnects for the next group, so it recovers as soon as the store does.
 */
final class Writer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    /** Interval at which a store in doubt, or one that refuses, is asked while nothing is queued. */
    private static final long ASK_MILLIS = 1_000;

    private final String name;
    private final Dialect dialect;
    private final Refusals refusals;
    private final int groupLimit;
    private final BlockingQueue<Work<?>> queue;
    private final Thread thread;
    private final Work<Integer> last = new UnitWork<>(connection -> 0);
    private @Nullable Session session;
    private @Nullable Doubt doubt;
    private volatile boolean closing;
    private volatile boolean ended;
    private volatile long commits;
    private volatile @Nullable Runnable interlude;

    Writer(String name, Dialect dialect, StoreSettings settings) throws SQLException {
        this.name = name;
        this.dialect = dialect;
        this.refusals = new Refusals(name, dialect);
        this.groupLimit = settings.group();
        this.queue = new ArrayBlockingQueue<>(settings.queue());
        this.session = new Session(dialect.writer());
        this.thread = new Thread(this::loop, "store-" + name + "-writer");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    <T extends @Nullable Object> CompletableFuture<T> write(Work<T> work) {
        if (closing) work.refuse(closed());
        else if (!queue.offer(work))
            work.refuse(
                    new StoreUnavailableException("store " + name + " is overloaded: eventful.store.queue is full"));
        else if (ended) refuseQueued(); // the queue is not processed any more
        return work.future();
    }

    /** Number of committed groups. */
    long commits() {
        return commits;
    }

    /** Why the last write failed; empty as soon as the store can be written again. */
    Optional<String> refusal() {
        return refusals.reason();
    }

    /** Runs a task once, soon, between two groups. */
    void between(Runnable task) {
        interlude = task;
        var unused = write(new UnitWork<>(connection -> 0));
    }

    private void loop() {
        List<Work<?>> works = new ArrayList<>(groupLimit);
        try {
            while (true) {
                works.clear();
                Work<?> first = next();
                settleDoubt();
                if (first == null) {
                    attempt();
                    continue;
                }
                works.add(first);
                queue.drainTo(works, groupLimit - 1);
                Group group = new Group(dialect, List.copyOf(works));
                Doubt open = doubt;
                if (open == null) write(group);
                else refuse(group, open.cause());
                if (works.contains(last)) return;
                runInterlude();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closing = true;
            ended = true;
            Doubt open = doubt;
            if (open != null) open.group().refuse(closed());
            refuseQueued();
            dropSession();
        }
    }

    /** The next unit; null if it is time to ask the store again. */
    private @Nullable Work<?> next() throws InterruptedException {
        return doubt == null && !refusals.isOpen() ? queue.take() : queue.poll(ASK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void write(Group group) {
        boolean again = true;
        while (true) {
            Optional<String> transaction = Optional.empty();
            try {
                Session current = session();
                group.run(current);
                transaction = dialect.transaction(current.raw());
                current.raw().commit();
                written(group);
                return;
            } catch (SQLException e) {
                dropSession();
                if (dialect.fault(e) != Dialect.Fault.CONNECTION) {
                    refuse(group, e);
                    return;
                }
                if (transaction.isPresent()) {
                    doubt = new Doubt(group, transaction.get(), e);
                    if (!isConfirmedLost()) {
                        if (doubt != null) refusals.doubt(e);
                        return;
                    }
                }
                // A group that wrote nothing or was not committed can run again on a new connection.
                if (!again) {
                    refuse(group, e);
                    return;
                }
                again = false;
            } catch (RuntimeException | Error e) {
                dropSession();
                refuse(group, e);
                return;
            }
        }
    }

    /**
     * Queries the outcome of the group in doubt, and completes its units if it was committed. Returns true if it was
     * certainly not committed. While the outcome cannot be determined, the group stays in doubt.
     */
    private boolean isConfirmedLost() {
        Doubt open = doubt;
        if (open == null) return false;
        try {
            boolean committed = dialect.committed(session().raw(), open.transaction());
            doubt = null;
            if (committed) written(open.group());
            return !committed;
        } catch (SQLException e) {
            dropSession();
            log.debug("store.in-doubt store={} reason=\"{}\"", name, e.toString());
            return false;
        }
    }

    private void settleDoubt() {
        Doubt open = doubt;
        if (open != null && isConfirmedLost()) refuse(open.group(), open.cause());
    }

    /** Tries a store that refuses: nobody may write to a gateway that is known as ill, and it would never be well again. */
    private void attempt() {
        if (doubt != null || !refusals.isOpen()) return;
        try {
            Session current = session();
            dialect.beginGroup(current.raw());
            dialect.touch(current.raw());
            current.raw().commit();
            refusals.recovered();
        } catch (SQLException | RuntimeException e) {
            dropSession();
            log.debug("store.refuses store={} reason=\"{}\"", name, e.toString());
        }
    }

    private void written(Group group) {
        commits++; // only this thread writes it
        refusals.recovered();
        group.answer();
    }

    private void refuse(Group group, Throwable e) {
        refusals.refused(group.size(), e);
        group.refuse(new StoreUnavailableException("store " + name + " cannot be written at the moment", e));
    }

    private void runInterlude() {
        Runnable task = interlude;
        if (task == null) return;
        interlude = null;
        task.run();
    }

    private Session session() throws SQLException {
        Session current = session;
        if (current == null) {
            current = new Session(dialect.writer());
            session = current;
        }
        return current;
    }

    private void dropSession() {
        Session current = session;
        session = null;
        if (current != null) current.close();
    }

    private void refuseQueued() {
        List<Work<?>> left = new ArrayList<>();
        queue.drainTo(left);
        for (Work<?> work : left) work.refuse(closed());
    }

    private StoreUnavailableException closed() {
        return new StoreUnavailableException("store " + name + " is closed");
    }

    /** Writes the queued units, then stops. */
    @Override
    public void close() {
        if (closing) return;
        closing = true;
        try {
            queue.put(last);
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
