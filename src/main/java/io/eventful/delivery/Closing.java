package io.eventful.delivery;

import io.eventful.store.Database;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the deliveries of subscriptions that are no more; in chunks, so that nobody waits long. */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);
    private static final int CHUNK = 500;

    private final Database database;
    private final Clock clock;
    private final Executor blocking;

    Closing(Database database, Clock clock, Executor blocking) {
        this.database = database;
        this.clock = clock;
        this.blocking = blocking;
    }

    /** Closes what waits for a deleted subscription. A crash in between is made good at the next start. */
    void close(String subscription) {
        blocking.execute(() -> {
            try {
                int closed = 0;
                int chunk;
                do {
                    chunk = chunk(subscription);
                    closed += chunk;
                } while (chunk == CHUNK);
                database.write(connection -> {
                            ReplayJobs.cancel(connection, subscription, clock.instant());
                            EndedReplays.deleteCatchUp(connection, subscription);
                            Endpoints.delete(connection, subscription);
                            return 0;
                        })
                        .join();
                LOG.info("delivery.closed subscription={} deliveries={}", subscription, closed);
            } catch (RuntimeException refused) {
                LOG.warn("delivery.not-closed subscription={}", subscription, refused);
            }
        });
    }

    private int chunk(String subscription) {
        long now = clock.instant().toEpochMilli();
        return database.write(connection -> {
                    try (PreparedStatement update = connection.prepareStatement("UPDATE delivery SET state = 'dead',"
                            + " reason = 'subscription-deleted', next_attempt = NULL, finished = ?, updated = ?"
                            + " WHERE ordinal IN (SELECT ordinal FROM delivery WHERE subscription = ?"
                            + " AND finished IS NULL LIMIT " + CHUNK + ")")) {
                        update.setLong(1, now);
                        update.setLong(2, now);
                        update.setString(3, subscription);
                        return update.executeUpdate();
                    }
                })
                .join();
    }
}
