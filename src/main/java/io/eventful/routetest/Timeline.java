package io.eventful.routetest;

import io.eventful.event.Change;
import io.eventful.event.Publication;
import io.eventful.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happened in a test, in order. Thread-safe. */
final class Timeline {

    private final VirtualTime time;
    private final List<Entry> entries = new ArrayList<>();

    private @Nullable Ledger ledger;
    private long seen;

    private record Entry(Duration at, Supplier<String> text) {}

    Timeline(VirtualTime time) {
        this.time = time;
    }

    /** What comes of a change is told after the change, whoever is told of it first. */
    synchronized void add(String text) {
        if (ledger != null) change(ledger, ledger.head());
        add(() -> text);
    }

    private synchronized void add(Supplier<String> text) {
        entries.add(new Entry(time.passed(), text));
    }

    /** Changes are in the ledger. They are read later: whoever tells of them must not be held up. */
    private void change(Ledger ledger, long head) {
        for (long each = seen + 1; each <= head; each++) {
            long position = each;
            add(() -> ledger.at(position).map(Timeline::text).orElse("change " + position));
        }
        seen = Math.max(seen, head);
    }

    /** Tells of changes from now on: what is in the ledger already is no news. */
    synchronized AutoCloseable follow(Ledger ledger) {
        seen = ledger.head();
        this.ledger = ledger;
        return ledger.onAppend(this::appended);
    }

    private synchronized void appended(long head) {
        if (ledger != null) change(ledger, head);
    }

    private static String text(Change change) {
        return "change " + change.position() + " " + change.subject() + " revision " + change.revision() + " "
                + change.resource() + "." + change.action()
                + (change.outcome() == Change.Outcome.UNKNOWN ? " unknown" : "");
    }

    /** The broker has an event. */
    void published(Publication publication) {
        add("event on " + publication.channel() + " " + publication.event().type() + " "
                + publication.event().subject());
    }

    /** One line for each, with its time on the test's clock. */
    synchronized List<String> lines() {
        return entries.stream()
                .map(entry ->
                        "+" + Durations.write(entry.at()) + " " + entry.text().get())
                .toList();
    }
}
