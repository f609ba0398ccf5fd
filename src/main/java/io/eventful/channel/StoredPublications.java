package io.eventful.channel;

import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.Publication;
import io.eventful.event.Publications;
import io.eventful.store.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publications in table {@code publication} of the delivery database; times are kept to the millisecond. */
final class StoredPublications implements Publications {

    private static final Logger log = LoggerFactory.getLogger(StoredPublications.class);
    private static final byte[] NO_DATA = new byte[0];
    private static final String COLUMNS = "SELECT sequence, channel, attributes, data, time FROM publication ";

    private final Database database;
    private final Clock clock;
    private final List<Consumer<Publication>> listeners = new CopyOnWriteArrayList<>();

    StoredPublications(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Keeps an event; a repeat completes with what was stored the first time. */
    CompletableFuture<Publication> store(String channel, Event event) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        return database.write(connection -> insert(connection, channel, event, now));
    }

    /** Tells the listeners that the broker has a publication. */
    void announce(Publication publication) {
        for (Consumer<Publication> listener : listeners) {
            try {
                listener.accept(publication);
            } catch (RuntimeException e) {
                log.warn(
                        "channel={} event={} listener=failed",
                        publication.channel(),
                        publication.event().id(),
                        e);
            }
        }
    }

    @Override
    public Optional<Publication> find(String channel, String source, String eventId) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement(COLUMNS + "WHERE channel = ? AND event_id = ? AND source = ?")) {
                select.setString(1, channel);
                select.setString(2, eventId);
                select.setString(3, source);
                return list(select).stream().findFirst();
            }
        });
    }

    @Override
    public List<Publication> after(long sequence, int limit) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement(COLUMNS + "WHERE sequence > ? ORDER BY sequence LIMIT ?")) {
                select.setLong(1, sequence);
                select.setInt(2, limit);
                return list(select);
            }
        });
    }

    @Override
    public long head() {
        return database.read(connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("SELECT COALESCE(MAX(sequence), 0) FROM publication");
                    ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0L;
            }
        });
    }

    @Override
    public Publication keep(String channel, Event event) {
        try {
            return store(channel, event).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    @Override
    public AutoCloseable listen(Consumer<Publication> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private static Publication insert(Connection connection, String channel, Event event, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO publication (channel, event_id, source, position, type, subject, attributes, data, time)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (channel, event_id, source) DO NOTHING"
                        + " RETURNING sequence")) {
            insert.setString(1, channel);
            insert.setString(2, event.id());
            insert.setString(3, event.source());
            insert.setLong(4, event.position());
            insert.setString(5, event.type());
            insert.setString(6, event.subject());
            insert.setString(7, new String(EventJson.write(event.withData(NO_DATA)), StandardCharsets.UTF_8));
            insert.setBytes(8, event.data());
            insert.setLong(9, now.toEpochMilli());
            try (ResultSet rows = insert.executeQuery()) {
                if (rows.next()) return new Publication(rows.getLong(1), channel, event, now);
            }
        }
        try (PreparedStatement select =
                connection.prepareStatement(COLUMNS + "WHERE channel = ? AND event_id = ? AND source = ?")) {
            select.setString(1, channel);
            select.setString(2, event.id());
            select.setString(3, event.source());
            return list(select).getFirst();
        }
    }

    private static List<Publication> list(PreparedStatement select) throws SQLException {
        List<Publication> publications = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Event event = EventJson.read(rows.getString(3).getBytes(StandardCharsets.UTF_8))
                        .withData(rows.getBytes(4));
                publications.add(new Publication(
                        rows.getLong(1), rows.getString(2), event, Instant.ofEpochMilli(rows.getLong(5))));
            }
        }
        return publications;
    }
}
