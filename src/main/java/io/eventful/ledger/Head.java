package io.eventful.ledger;

import io.eventful.store.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The highest position of a ledger: read at the start, and then known, since nobody else writes. So it is told also while
 * the store does not answer. Thread-safe.
 */
final class Head {

    private final AtomicLong highest;

    Head(Database database) {
        highest = new AtomicLong(database.read(connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("SELECT COALESCE(MAX(position), 0) FROM change");
                    ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }));
    }

    /** A position is durable; gives the highest that is. */
    long reached(long position) {
        return highest.accumulateAndGet(position, Math::max);
    }

    long position() {
        return highest.get();
    }
}
