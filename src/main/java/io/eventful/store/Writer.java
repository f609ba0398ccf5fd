package io.eventful.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

    /** Maximum wait for the queue and then for the last groups, when the store is closed. */
    private static final Duration CLOSE = Duration.ofSeconds(20);

    private final String name;
    private final Dialect dialect;
    private final Refusals refusals;
    private final Damage damage;
    private final Stall stall;
    private final WriteQueue queue;
    private final Thread thread;
    private @Nullable Session session;
    private @Nullable Doubt doubt;
    private volatile long commits;
    private volatile @Nullable Runnable interlude;

    Writer(String name, Dialect dialect, Damage damage, StoreSettings settings) throws SQLException {
        this.name = name;
        this.dialect = dialect;
        this.damage = damage;
        this.refusals = new Refusals(name, dialect);
        this.stall = new Stall(name, dialect, System::nanoTime);
        this.queue = new WriteQueue(name, settings);
        this.session = new Session(dialect.writer(), dialect);
        this.thread = new Thread(this::loop, "store-" + name + "-writer");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    <T extends @Nullable Object> CompletableFuture<T> write(Work<T> work) {
        queue.add(work);
        return work.future();
    }

    /** Number of committed groups. */
    long commits() {
        return commits;
    }

    /** Why the last write failed, or why writes wait; empty as soon as the store can be written again. */
    Optional<String> refusal() {
        return refusals.reason().or(stall::reason);
    }

    /** Tells of a store that does not answer. To be called about once a second. */
    void watch() {
        stall.look();
    }

    /** Runs a task once, soon, between two groups. */
    void between(Runnable task) {
        interlude = task;
        var unused = write(new UnitWork<>(connection -> 0));
    }

    private void loop() {
        try {
            while (true) {
                stall.end();
                Work<?> first = next();
                stall.begin();
                settleDoubt();
                if (first == null) {
                    attempt();
                    continue;
                }
                List<Work<?>> works = queue.group(first);
                Group group = new Group(dialect, works);
                Doubt open = doubt;
                if (open == null) write(group);
                else refuse(group, open.cause());
                if (queue.endsWith(works)) return;
                runInterlude();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stall.end();
            queue.end();
            Doubt open = doubt;
            if (open != null) open.group().refuse(queue.closed());
            dropSession();
        }
    }

    /** The next unit; null if it is time to ask the store again. */
    private @Nullable Work<?> next() throws InterruptedException {
        return doubt == null && !refusals.isOpen() ? queue.next() : queue.next(ASK_MILLIS);
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
                    Fate fate = settle(doubt);
                    if (fate == Fate.OPEN) refusals.doubt(e);
                    if (fate != Fate.LOST) return;
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

    /** What became of a group whose commit had no answer. */
    private enum Fate {
        COMMITTED,
        LOST,
        /** It cannot be determined yet: the group stays in doubt. */
        OPEN
    }

    /** Asks what became of the group in doubt, and completes its units if it was committed. */
    private Fate settle(Doubt open) {
        boolean committed;
        try {
            committed = dialect.committed(session().raw(), open.transaction());
        } catch (SupersededException e) {
            // Nobody can tell any more; if it was committed, it is found at the next start.
            doubt = null;
            return Fate.LOST;
        } catch (SQLException e) {
            dropSession();
            log.debug("store.in-doubt store={} reason=\"{}\"", name, e.toString());
            return Fate.OPEN;
        }
        doubt = null;
        if (committed) written(open.group());
        return committed ? Fate.COMMITTED : Fate.LOST;
    }

    private void settleDoubt() {
        Doubt open = doubt;
        if (open != null && settle(open) == Fate.LOST) refuse(open.group(), open.cause());
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

    /** A store that is damaged may take other groups, so it does not count as refusing. */
    private void refuse(Group group, Throwable e) {
        group.refuse(damage.isShownBy(e) ? damage.found(e) : refusals.refused(group.size(), e));
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
            current = new Session(dialect.writer(), dialect);
            session = current;
        }
        return current;
    }

    private void dropSession() {
        Session current = session;
        session = null;
        if (current != null) current.close();
    }

    /** Writes the queued units, then stops; a store that does not answer is given up after a while. */
    @Override
    public void close() {
        if (queue.isClosing()) return;
        try {
            if (queue.close(CLOSE) && thread.join(CLOSE)) return;
            log.warn(
                    "store.closed-early store={} place={} waiting={} reason=\"the store does not answer\"",
                    name,
                    dialect.place(),
                    queue.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
