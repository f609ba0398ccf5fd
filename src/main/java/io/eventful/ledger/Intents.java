package io.eventful.ledger;

import io.eventful.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Rows of open intents: one insert when a call may go out, one delete when it is settled. */
final class Intents {

    private static final Database.Batch<Written, Intent> OPEN = Intents::open;

    /** Bytes of drafts that are read at a time, give or take one. */
    private static final long PAGE_BYTES = 1L << 20;

    private final Database database;

    /** A draft and its bytes. */
    private record Written(IntentDraft draft, byte[] bytes) {}

    /** Intents up to this id were open before this object was made: a crash, or a refusing store, left them. */
    private final long leftOpen;

    Intents(Database database) {
        this.database = database;
        this.leftOpen = database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT COALESCE(MAX(id), 0) FROM intent");
                    ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    /** Fails with {@link KeyInUseException} when the draft claims a key that another call holds. */
    CompletableFuture<Intent> open(IntentDraft draft) {
        Written written = new Written(draft, Drafts.bytes(draft));
        KeyClaim key = draft.key();
        return key == null ? database.write(OPEN, written) : open(written, key);
    }

    /** By itself: a claim that fails must not cost others a second try. */
    private CompletableFuture<Intent> open(Written written, KeyClaim key) {
        return database.write(connection -> {
            Intent intent = open(connection, List.of(written)).getFirst();
            Keys.take(connection, key, intent.id(), written.draft().time());
            return intent;
        });
    }

    private static List<Intent> open(Connection connection, List<Written> drafts) throws SQLException {
        List<Intent> intents = new ArrayList<>(drafts.size());
        Chunks.each(drafts, piece -> insert(connection, piece, intents));
        return intents;
    }

    private static void insert(Connection connection, List<Written> piece, List<Intent> intents) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                Chunks.rows("INSERT INTO intent (draft) VALUES ", "(?)", piece.size(), " RETURNING id"))) {
            int i = 0;
            for (Written written : piece) insert.setBytes(++i, written.bytes());
            long[] ids = new long[piece.size()];
            try (ResultSet rows = insert.executeQuery()) {
                for (int at = 0; at < ids.length && rows.next(); at++) ids[at] = rows.getLong(1);
            }
            // Ids are given in the order of the rows, but need not be told in it.
            Arrays.sort(ids);
            for (int at = 0; at < ids.length; at++)
                intents.add(new Intent(ids[at], piece.get(at).draft()));
        }
    }

    /** False when the intent is not open, because it was settled before. */
    static boolean remove(Connection connection, long id) throws SQLException {
        return remove(connection, List.of(id)) == 1;
    }

    /** How many of these were open, and are no longer. */
    static int remove(Connection connection, List<Long> ids) throws SQLException {
        int[] removed = {0};
        Chunks.each(ids, piece -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    Chunks.rows("DELETE FROM intent WHERE id IN (", "?", piece.size(), ")"))) {
                int i = 0;
                for (Long id : piece) delete.setLong(++i, id);
                removed[0] += delete.executeUpdate();
            }
        });
        return removed[0];
    }

    List<Intent> leftOpen(long afterId, int limit) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT id, draft FROM intent WHERE id > ? AND id <= ? ORDER BY id LIMIT ?")) {
                select.setLong(1, afterId);
                select.setLong(2, leftOpen);
                select.setInt(3, limit);
                List<Intent> intents = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    long bytes = 0;
                    while (bytes < PAGE_BYTES && rows.next()) {
                        byte[] draft = rows.getBytes(2);
                        bytes += draft.length;
                        intents.add(new Intent(rows.getLong(1), Drafts.read(draft)));
                    }
                }
                return intents;
            }
        });
    }
}
