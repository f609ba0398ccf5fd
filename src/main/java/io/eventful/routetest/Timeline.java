package io.eventful.routetest;

import io.eventful.event.Change;
import io.eventful.event.Event;
import io.eventful.event.EventType;
import io.eventful.event.Publication;
import io.eventful.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a test, in order. What threads do side by side at one time of the test's clock is told in the order in
 * which one follows from the other: the reply to a call before what happens in the background. Thread-safe.
 */
final class Timeline {

    private final VirtualTime time;
    private final List<Entry> entries = new ArrayList<>();

    private final Set<Message> told = new HashSet<>();
    /** Told when their consumer began, and not yet by the broker. */
    private final Set<Message> early = new HashSet<>();

    private @Nullable Ledger ledger;
    private long seen;

    /** What a line is about, as far as its place depends on it. */
    private enum Kind {
        CALL,
        LAST_REPLY,
        DELIVERY,
        OTHER
    }

    /** Where a reply stands among what happens at its time. */
    enum Place {
        /** It waited for nothing that happened then. */
        FIRST,
        /** It waited for what the call itself did. */
        AFTER_ITS_CALL,
        /** It may have waited for anything, also for routes. */
        LAST
    }

    private record Message(String channel, String source, String id, String text) {
        static Message of(String channel, Event event) {
            String text = "event on " + channel + " " + event.type() + " " + event.subject();
            return new Message(channel, event.source().toString(), event.id(), text);
        }
    }

    private record Entry(Duration at, Kind kind, Supplier<String> text) {}

    Timeline(VirtualTime time) {
        this.time = time;
    }

    /** A call begins, or a wait: what was before it stays before it. */
    synchronized void call(String text) {
        add(Kind.CALL, text);
    }

    /** What comes of a change is told after the change, whoever is told of it first. */
    synchronized void add(String text) {
        add(Kind.OTHER, text);
    }

    /** An attempt has reached a subscriber: no call waits for it. */
    synchronized void delivery(String text) {
        add(Kind.DELIVERY, text);
    }

    /** The reply to the last call has come. */
    synchronized void reply(String text, Place place) {
        if (ledger != null) change(ledger, ledger.head());
        Duration at = time.passed();
        int begin = entries.size();
        while (begin > 0
                && entries.get(begin - 1).at().equals(at)
                && entries.get(begin - 1).kind() != Kind.CALL) begin--;
        List<Entry> now = entries.subList(begin, entries.size());
        List<Entry> later = now.stream()
                .filter(entry -> place == Place.FIRST || place == Place.AFTER_ITS_CALL && entry.kind() == Kind.DELIVERY)
                .toList();
        now.removeAll(later);
        entries.add(new Entry(at, place == Place.LAST ? Kind.LAST_REPLY : Kind.OTHER, () -> text));
        entries.addAll(later);
    }

    private void add(Kind kind, String text) {
        if (ledger != null) change(ledger, ledger.head());
        entries.add(new Entry(time.passed(), kind, () -> text));
    }

    /** Changes are in the ledger. They are read later: whoever tells of them must not be held up. */
    private void change(Ledger ledger, long head) {
        for (long each = seen + 1; each <= head; each++) {
            long position = each;
            entries.add(new Entry(
                    time.passed(),
                    Kind.OTHER,
                    () -> ledger.at(position).map(Timeline::text).orElse("change " + position)));
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
                + EventType.of(change)
                + (change.outcome() == Change.Outcome.UNKNOWN ? " unknown" : "");
    }

    /** The broker has an event. */
    synchronized void published(Publication publication) {
        Message message = Message.of(publication.channel(), publication.event());
        if (early.remove(message)) return;
        told.add(message);
        add(message.text());
    }

    /** A consumer begins with an event, which it may do before the broker's answer has been heard. */
    synchronized void consumed(String channel, Event event) {
        Message message = Message.of(channel, event);
        if (!told.add(message)) return;
        early.add(message);
        add(message.text());
    }

    /** One line for each, with its time on the test's clock. */
    synchronized List<String> lines() {
        return ordered().stream()
                .map(entry ->
                        "+" + Durations.write(entry.at()) + " " + entry.text().get())
                .toList();
    }

    private List<Entry> ordered() {
        List<Entry> ordered = new ArrayList<>();
        @Nullable Entry last = null;
        for (Entry entry : entries) {
            if (last != null && (entry.kind() == Kind.CALL || !entry.at().equals(last.at()))) {
                ordered.add(last);
                last = null;
            }
            if (entry.kind() == Kind.LAST_REPLY) last = entry;
            else ordered.add(entry);
        }
        if (last != null) ordered.add(last);
        return ordered;
    }
}
