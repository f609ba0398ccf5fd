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
 * The only writer of a database. It takes what waits, runs it in one transaction, commits once, and then answers.
 * A store that failed is opened anew for the next group, so the writer recovers as soon as the store does.
 */
final class Writer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    /** How often the store is asked what became of the group in doubt, while nothing else is to be written. */
    private static final long ASK_MILLIS = 1_000;

    /**
     * A group that was about to be committed when the connection was lost, and the store cannot be asked. Its callers
     * wait: to tell them either way could be wrong. Nothing is written before it is answered.
     */
    private record Doubt(Group group, String transaction, SQLException cause) {}

    private final String name;
    private final Dialect dialect;
    private final int groupLimit;
    private final BlockingQueue<Work<?>> queue;
    private final Thread thread;
    private final Work<Integer> last = new UnitWork<>(connection -> 0);
    private @Nullable Session session;
    private @Nullable Doubt doubt;
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
                Work<?> first = next();
                settleDoubt();
                if (first == null) continue;
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

    /** The next to be written; null when it is time to ask once more for the group in doubt. */
    private @Nullable Work<?> next() throws InterruptedException {
        return doubt == null ? queue.take() : queue.poll(ASK_MILLIS, TimeUnit.MILLISECONDS);
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
                    if (!wasLost()) {
                        if (doubt != null)
                            log.warn(
                                    "store.in-doubt store={} place={} reason=\"{}\"",
                                    name,
                                    dialect.place(),
                                    e.toString());
                        return;
                    }
                }
                // What wrote nothing, or was not committed, may happen again on a new connection.
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
     * Asks what became of the group in doubt, and answers it when it was committed. Returns whether it was not, and is
     * no longer in doubt; while the store does not tell, it stays so.
     */
    private boolean wasLost() {
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
        if (open != null && wasLost()) refuse(open.group(), open.cause());
    }

    private void written(Group group) {
        commits++; // only this thread writes it
        recovered();
        group.answer();
    }

    /** Says so once, and once more when it is over, however long the store refuses. */
    private void refuse(Group group, Throwable e) {
        if (refused == 0)
            log.error("store.refuses store={} place={} reason=\"{}\"", name, dialect.place(), e.toString());
        refused += group.size();
        group.refuse(new StoreUnavailableException("store " + name + " cannot take data now", e));
    }

    private void recovered() {
        if (refused == 0) return;
        log.info("store.recovered store={} place={} refused={}", name, dialect.place(), refused);
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
