package io.eventful.ledger;

import io.eventful.event.Change;
import io.eventful.event.Item;
import io.eventful.ledger.EntryWriter.Addition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends of calls that became changes, as many at a time as wait. Runs on the store's writer. */
final class Settles {

    /** How far back an intent that is already settled is looked for among its item's changes. */
    private static final int SETTLED_BEFORE = 100;

    private Settles() {}

    /**
     * The end of a call without a key.
     *
     * @param entries what came of it; one at least
     */
    record Settle(Intent intent, List<Entry> entries) {}

    /** The last change of each. */
    static List<Optional<Change>> run(Connection connection, List<Settle> settles) throws SQLException {
        if (settles.size() == 1) return List.of(one(connection, settles.getFirst()));
        List<Long> ids = new ArrayList<>(settles.size());
        for (Settle settle : settles) ids.add(settle.intent().id());
        // Nearly always all are open; if not, the store undoes this and runs each by itself.
        if (Intents.remove(connection, ids) < ids.size())
            throw new IllegalStateException("one of these intents is settled already");
        List<Addition> additions = new ArrayList<>(settles.size());
        int[] ends = new int[settles.size()];
        for (int i = 0; i < ends.length; i++) {
            Settle settle = settles.get(i);
            for (Entry entry : settle.entries())
                additions.add(new Addition(entry, settle.intent().id()));
            ends[i] = additions.size();
        }
        return last(connection, additions, ends);
    }

    /** Appends what no intent announced, group by group; the last change of each. */
    static List<Optional<Change>> append(Connection connection, List<List<Entry>> groups) throws SQLException {
        List<Addition> additions = new ArrayList<>(groups.size());
        int[] ends = new int[groups.size()];
        for (int i = 0; i < ends.length; i++) {
            for (Entry entry : groups.get(i)) additions.add(new Addition(entry, null));
            ends[i] = additions.size();
        }
        return last(connection, additions, ends);
    }

    private static List<Optional<Change>> last(Connection connection, List<Addition> additions, int[] ends)
            throws SQLException {
        List<Change> changes = EntryWriter.append(connection, additions);
        List<Optional<Change>> last = new ArrayList<>(ends.length);
        for (int end : ends) last.add(Optional.of(changes.get(end - 1)));
        return last;
    }

    private static Optional<Change> one(Connection connection, Settle settle) throws SQLException {
        long id = settle.intent().id();
        if (!Intents.remove(connection, id)) return before(connection, settle);
        return Optional.of(append(connection, settle.entries(), id));
    }

    static Change append(Connection connection, List<Entry> entries, long intent) throws SQLException {
        List<Addition> additions = new ArrayList<>(entries.size());
        for (Entry entry : entries) additions.add(new Addition(entry, intent));
        return EntryWriter.append(connection, additions).getLast();
    }

    /** A caller whose first try was answered with an error, although it was written, gets the change of that try. */
    static Optional<Change> before(Connection connection, Settle settle) throws SQLException {
        Item item = settle.entries().getLast().item();
        return Changes.last(connection, item, SETTLED_BEFORE, settle.intent().id());
    }
}
