package io.eventful.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Event;
import io.eventful.event.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes {@code command.succeeded}, {@code command.failed} and {@code command.unknown}: each end at least once, in the
 * order of acceptance as far as ends come in that order, under an id that tells repeats.
 */
final class CommandEvents implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CommandEvents.class);

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int PAGE = 64;
    private static final int BODY = 64 * 1024;

    private final Rows rows;
    private final CommandStore store;
    private final Announcer announcer;
    private final Timer timer;
    private final Executor threads;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    CommandEvents(Rows rows, CommandStore store, Announcer announcer, Timer timer, Executor threads) {
        this.rows = rows;
        this.store = store;
        this.announcer = announcer;
        this.timer = timer;
        this.threads = threads;
    }

    /** Something has ended. */
    void wake() {
        lock.lock();
        try {
            if (closed) return;
            wanted.set(true);
            if (running.compareAndSet(false, true)) threads.execute(this::run);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether an end is being published, or is just about to be. Asked in the opposite order of {@link #wake}: a run that
     * begins in between has taken what was wanted, and is seen to run.
     */
    boolean isBusy() {
        return wanted.get() || running.get();
    }

    /** Publishes nothing more; what is due stays so until the next start. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        boolean failed = false;
        try {
            while (wanted.getAndSet(false)) publishAll();
        } catch (RuntimeException e) {
            failed = true;
            log.warn("command.event-waits reason=\"{}\"", String.valueOf(e.getCause() == null ? e : e.getCause()));
        } finally {
            running.set(false);
        }
        if (failed) timer.after(PAUSE, this::wake);
        else if (wanted.get()) wake();
    }

    private void publishAll() {
        long after = 0;
        List<Command> page;
        do {
            page = rows.due(after, PAGE);
            CompletableFuture<?>[] all = page.stream()
                    .map(command -> announcer
                            .publish(event(command))
                            .thenCompose(done -> store.announced(command.number()))
                            .toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(all).join();
            if (!page.isEmpty()) after = page.getLast().number();
        } while (page.size() == PAGE);
    }

    static Event event(Command command) {
        ObjectNode data = CommandJson.tree(command);
        // An event is no place for a large document; who needs it asks for the command.
        if (command.reply() != null && CommandStore.size(command.reply()) > BODY)
            ((ObjectNode) data.path("response")).remove("body");
        return new Event(
                "command-" + command.id(),
                "/commands",
                "command." + command.status().word(),
                CommandAnswers.PATH + command.id(),
                command.ended(),
                "application/json",
                null,
                Map.of("partitionkey", CommandAnswers.PATH + command.id()),
                Json.bytes(data));
    }
}
