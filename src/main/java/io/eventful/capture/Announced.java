package io.eventful.capture;

import io.eventful.event.Change;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Up to where the ledger is known to reach, so that nobody has to look for its end after each page. */
final class Announced {

    private final AtomicLong head = new AtomicLong();
    /** Once an end was seen, each later change is announced. Used by the reader only. */
    private boolean caughtUp;

    void add(long position) {
        head.accumulateAndGet(position, Math::max);
    }

    long head() {
        return head.get();
    }

    /** Whether there may be more behind a page that was just read. Only the reader asks. */
    boolean isBeyond(List<Change> page) {
        if (page.isEmpty()) caughtUp = true;
        return !page.isEmpty() && (!caughtUp || page.getLast().position() < head.get());
    }
}
