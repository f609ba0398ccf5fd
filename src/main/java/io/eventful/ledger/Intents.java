package io.eventful.ledger;

import io.eventful.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Rows of open intents: one insert when a call may go out, one delete when it is settled. */
final class Intents {

    private final Database database;

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
        byte[] bytes = Drafts.bytes(draft);
        return database.write(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO intent (draft) VALUES (?) RETURNING id")) {
                insert.setBytes(1, bytes);
                try (ResultSet rows = insert.executeQuery()) {
                    rows.next();
                    Intent intent = new Intent(rows.getLong(1), draft);
                    if (draft.key() != null) Keys.take(connection, draft.key(), intent.id(), draft.time());
                    return intent;
                }
            }
        });
    }

    /** False when the intent is not open, because it was settled before. */
    static boolean remove(Connection connection, long id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM intent WHERE id = ?")) {
            delete.setLong(1, id);
            return delete.executeUpdate() == 1;
        }
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
                    while (rows.next()) intents.add(new Intent(rows.getLong(1), Drafts.read(rows.getBytes(2))));
                }
                return intents;
            }
        });
    }
}
