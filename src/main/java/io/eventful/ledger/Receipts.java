package io.eventful.ledger;

import io.eventful.event.Change;
import io.eventful.ledger.EntryWriter.Addition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Deliveries that are in the ledger. Runs on the store's writer, in the transaction of the changes themselves. */
final class Receipts {

    private static final String SELECT = "SELECT r.source, r.delivery FROM (VALUES ";
    private static final String JOIN =
            ") v JOIN receipt r ON same_text(r.source, v.column1)" + " AND same_text(r.delivery, v.column2)";
    private static final String INSERT = "INSERT INTO receipt (source, delivery, time, position) VALUES ";

    private Receipts() {}

    /**
     * A delivery to be appended, unless it was before.
     *
     * @param entry its change; its source tells senders apart
     * @param delivery the sender's name for it
     * @param time when it came
     */
    record Receipt(Entry entry, String delivery, Instant time) {
        private Name name() {
            return new Name(entry.item().source(), delivery);
        }
    }

    /** What a delivery is known by. */
    private record Name(String source, String delivery) {}

    /** Appends those that are new, once each; the change of each, empty for one that is there already. */
    static List<Optional<Change>> append(Connection connection, List<Receipt> receipts) throws SQLException {
        Set<Name> known = new HashSet<>();
        Chunks.each(receipts, piece -> find(connection, piece, known));
        List<Receipt> fresh = new ArrayList<>(receipts.size());
        List<Optional<Change>> results = new ArrayList<>(receipts.size());
        List<Addition> additions = new ArrayList<>(receipts.size());
        for (Receipt receipt : receipts) {
            results.add(Optional.empty());
            if (!known.add(receipt.name())) continue;
            fresh.add(receipt);
            additions.add(new Addition(receipt.entry(), null));
        }
        if (fresh.isEmpty()) return results;
        List<Change> changes = EntryWriter.append(connection, additions);
        List<Noted> noted = new ArrayList<>(fresh.size());
        for (int i = 0; i < fresh.size(); i++)
            noted.add(new Noted(fresh.get(i), changes.get(i).position()));
        Chunks.each(noted, piece -> note(connection, piece));
        int next = 0;
        for (int i = 0; i < receipts.size() && next < fresh.size(); i++)
            if (receipts.get(i) == fresh.get(next)) results.set(i, Optional.of(changes.get(next++)));
        return results;
    }

    private record Noted(Receipt receipt, long position) {}

    private static void find(Connection connection, List<Receipt> piece, Set<Name> known) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Chunks.rows(SELECT, "(?,?)", piece.size(), JOIN))) {
            int i = 0;
            for (Receipt receipt : piece) {
                select.setString(++i, receipt.entry().item().source());
                select.setString(++i, receipt.delivery());
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) known.add(new Name(rows.getString(1), rows.getString(2)));
            }
        }
    }

    private static void note(Connection connection, List<Noted> piece) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(Chunks.rows(INSERT, "(?,?,?,?)", piece.size(), ""))) {
            int i = 0;
            for (Noted noted : piece) {
                insert.setString(++i, noted.receipt().entry().item().source());
                insert.setString(++i, noted.receipt().delivery());
                insert.setLong(++i, Times.nanos(noted.receipt().time()));
                insert.setLong(++i, noted.position());
            }
            insert.executeUpdate();
        }
    }

    /** Forgets deliveries noted until a time, and the oldest beyond a number; their changes stay. Returns how many. */
    static int forget(Connection connection, Instant until, long most, int limit) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM receipt WHERE (short_text(source), short_text(delivery)) IN"
                        + " (SELECT short_text(source), short_text(delivery) FROM receipt WHERE time <= ?"
                        + " OR time <= (SELECT time FROM receipt ORDER BY time DESC LIMIT 1 OFFSET ?)"
                        + " ORDER BY time LIMIT ?)")) {
            delete.setLong(1, Times.nanos(until));
            delete.setLong(2, most);
            delete.setInt(3, limit);
            return delete.executeUpdate();
        }
    }
}
