package io.eventful.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only writer of a database. It takes what waits, runs it in one transaction, commits once, and then answers.
 * A store that failed is opened anew for the next group, so the writer recovers as soon as the store does.
 */
final class Writer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    private final String name;
    private final Dialect dialect;
    private final int groupLimit;
    private final BlockingQueue<Work<?>> queue;
    private final Thread thread;
    private final Work<Integer> last = new UnitWork<>(connection -> 0);
    private @Nullable Session session;
    private long refused;
    private volatile boolean closing;
    private volatile boolean ended;
    private volatile long commits;
    private volatile @Nullable Runnable interlude;

    Writer(String name, Dialect dialect, StoreSettings settings) throws SQLException {
        this.name = name;
        this.dialect = dialect;
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
        else if (ended) refuseQueued(); // nobody takes from the queue any more
        return work.future();
    }

    /** Groups committed so far. */
    long commits() {
        return commits;
    }

    /** Runs the task once, soon, while no group is being written. */
    void between(Runnable task) {
        interlude = task;
        var unused = write(new UnitWork<>(connection -> 0));
    }

    private void loop() {
        List<Work<?>> works = new ArrayList<>(groupLimit);
        try {
            while (true) {
                works.clear();
                works.add(queue.take());
                queue.drainTo(works, groupLimit - 1);
                write(new Group(dialect, List.copyOf(works)));
                if (works.contains(last)) return;
                runInterlude();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closing = true;
            ended = true;
            refuseQueued();
            dropSession();
        }
    }

    private void write(Group group) {
        boolean again = true;
        while (true) {
            boolean committing = false;
            Optional<String> transaction = Optional.empty();
            try {
                Session current = session();
                group.run(current);
                transaction = dialect.transaction(current.raw());
                committing = true;
                current.raw().commit();
                break;
            } catch (SQLException e) {
                dropSession();
                if (!again || dialect.fault(e) != Dialect.Fault.CONNECTION) {
                    refuse(group, e);
                    return;
                }
                again = false;
                try {
                    if (committing && committed(transaction)) break;
                } catch (SQLException unknown) {
                    unknown.addSuppressed(e);
                    refuse(group, unknown);
                    return;
                }
                // Nothing was committed, so it may run again on a new connection.
            } catch (RuntimeException | Error e) {
                dropSession();
                refuse(group, e);
                return;
            }
        }
        commits++; // only this thread writes it
        recovered();
        group.answer();
    }

    /** What wrote nothing has no name, and may happen twice. */
    private boolean committed(Optional<String> transaction) throws SQLException {
        if (transaction.isEmpty()) return false;
        try {
            return dialect.committed(session().raw(), transaction.get());
        } catch (SQLException e) {
            dropSession();
            throw e;
        }
    }

    /** Says so once, and once more when it is over, however long the store refuses. */
    private void refuse(Group group, Throwable e) {
        if (refused == 0)
            log.error("event=store.refuses store={} place={} error=\"{}\"", name, dialect.place(), e.toString());
        refused += group.size();
        group.refuse(new StoreUnavailableException("store " + name + " cannot take data now", e));
    }

    private void recovered() {
        if (refused == 0) return;
        log.info("event=store.recovered store={} place={} refused={}", name, dialect.place(), refused);
        refused = 0;
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

    /** Writes what is queued, then ends. */
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
