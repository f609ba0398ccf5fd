package io.eventful.channel;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Messages that a broker pushes, in order, until their dispatcher has room. Few are kept here: enough that those whose
 * work ends need not wait for the broker's next ones.
 */
final class Inbox {

    private static final int LIMIT = 128;
    private static final int LOW = LIMIT / 2;
    private static final long LIMIT_BYTES = 1 << 20;

    private final Dispatcher dispatcher;
    private final Runnable more;
    private final Queue<Inbound> waiting = new ArrayDeque<>();
    private long bytes;
    /** Calls of {@link #drain}; the first one does the work of those that come meanwhile, so that order is kept. */
    private final AtomicInteger drains = new AtomicInteger();

    /** @param more asks the broker for more */
    Inbox(Dispatcher dispatcher, Runnable more) {
        this.dispatcher = dispatcher;
        this.more = more;
        dispatcher.whenRoom(this::drain);
    }

    /** Whether the broker may push another one. */
    synchronized boolean hasRoom() {
        return waiting.size() < LIMIT && bytes < LIMIT_BYTES;
    }

    void add(Inbound message) {
        synchronized (this) {
            waiting.add(message);
            bytes += message.size();
        }
        drain();
    }

    /** Forgets what waits: it comes again elsewhere. */
    synchronized void clear() {
        waiting.clear();
        bytes = 0;
    }

    /** Hands over what the dispatcher has room for. */
    void drain() {
        int asked = drains.incrementAndGet();
        if (asked != 1) return;
        try {
            do {
                hand();
                asked = drains.addAndGet(-asked);
            } while (asked != 0);
        } catch (RuntimeException | Error e) {
            // Otherwise nobody would ever begin again.
            drains.set(0);
            throw e;
        }
    }

    private void hand() {
        @Nullable Inbound next = peek();
        while (next != null && dispatcher.accept(next, 0)) next = advance(next);
        if (isLow()) more.run();
    }

    private synchronized @Nullable Inbound peek() {
        return waiting.peek();
    }

    private synchronized @Nullable Inbound advance(Inbound handed) {
        // It is not there any more when all has been forgotten meanwhile.
        if (waiting.peek() == handed) {
            waiting.remove();
            bytes -= handed.size();
        }
        return waiting.peek();
    }

    private synchronized boolean isLow() {
        return waiting.size() <= LOW && bytes <= LIMIT_BYTES / 2;
    }
}
