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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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

    private static final String INSERT = "INSERT INTO publication (channel, event_id, source, position, type, subject,"
            + " attributes, data, time) VALUES ";
    private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UNLESS_KNOWN = " ON CONFLICT (channel, position, short_text(event_id),"
            + " short_text(source)) DO NOTHING"
            + " RETURNING sequence, channel, event_id, source";

    /** Rows of one statement: few enough texts to stay prepared. */
    private static final int[] SIZES = {64, 16, 4, 1};

    private static final Database.Batch<Draft, Publication> STORE = StoredPublications::insert;

    private final Database database;
    private final Clock clock;
    private final LatePublications late = new LatePublications();
    private final List<Consumer<Publication>> listeners = new CopyOnWriteArrayList<>();

    /** An event to keep. Two of them are never equal. */
    private static final class Draft {
        private final String channel;
        private final Event event;
        private final String attributes;
        private final Instant now;

        Draft(String channel, Event event, String attributes, Instant now) {
            this.channel = channel;
            this.event = event;
            this.attributes = attributes;
            this.now = now;
        }
    }

    StoredPublications(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Keeps an event; a repeat completes with what was stored the first time. */
    CompletableFuture<Publication> store(String channel, Event event) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        return database.write(STORE, new Draft(channel, event, attributes(event), now))
                .thenApply(late::add);
    }

    /** Keeps another form of an event in place of the one that was kept. */
    CompletableFuture<Publication> replace(Publication kept, Event event) {
        String attributes = attributes(event);
        return database.write(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE publication SET attributes = ?, data = ? WHERE sequence = ?")) {
                update.setString(1, attributes);
                update.setBytes(2, event.data());
                update.setLong(3, kept.sequence());
                update.executeUpdate();
            }
            return new Publication(kept.sequence(), kept.channel(), event, kept.time());
        });
    }

    private static String attributes(Event event) {
        return new String(EventJson.write(event.withData(NO_DATA)), StandardCharsets.UTF_8);
    }

    /** Tells the listeners that the broker has a publication. */
    void announce(Publication publication) {
        for (Consumer<Publication> listener : listeners) {
            try {
                listener.accept(publication);
            } catch (RuntimeException e) {
                log.warn(
                        "channel.listener-failed channel={} event={}",
                        publication.channel(),
                        publication.event().id(),
                        e);
            }
        }
    }

    @Override
    public Optional<Publication> find(String channel, long position, String source, String eventId) {
        return database.read(connection -> one(connection, channel, position, source, eventId));
    }

    @Override
    public OptionalLong lately(String channel, long position, String source, String eventId) {
        return late.find(channel, position, source, eventId, clock.instant());
    }

    private static Optional<Publication> one(
            Connection connection, String channel, long position, String source, String eventId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                COLUMNS + "WHERE channel = ? AND position = ? AND same_text(event_id, ?) AND same_text(source, ?)")) {
            select.setString(1, channel);
            select.setLong(2, position);
            select.setString(3, eventId);
            select.setString(4, source);
            return list(select).stream().findFirst();
        }
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

    private static List<Publication> insert(Connection connection, List<Draft> drafts) throws SQLException {
        Map<Draft, Long> sequences = HashMap.newHashMap(drafts.size());
        int from = 0;
        for (int size : SIZES)
            for (; drafts.size() - from >= size; from += size)
                insert(connection, drafts.subList(from, from + size), sequences);
        List<Publication> publications = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            Long sequence = sequences.get(draft);
            publications.add(
                    sequence == null
                            ? known(connection, draft)
                            : new Publication(sequence, draft.channel, draft.event, draft.now));
        }
        return publications;
    }

    /** Adds the sequence numbers of those that were not known. */
    private static void insert(Connection connection, List<Draft> drafts, Map<Draft, Long> sequences)
            throws SQLException {
        String text = INSERT + (ROW + ", ").repeat(drafts.size() - 1) + ROW + UNLESS_KNOWN;
        Map<Key, Draft> byId = HashMap.newHashMap(drafts.size());
        try (PreparedStatement insert = connection.prepareStatement(text)) {
            int i = 0;
            for (Draft draft : drafts) {
                Event event = draft.event;
                insert.setString(++i, draft.channel);
                insert.setString(++i, event.id());
                insert.setString(++i, event.source());
                insert.setLong(++i, event.position());
                insert.setString(++i, event.type());
                insert.setString(++i, event.subject());
                insert.setString(++i, draft.attributes);
                insert.setBytes(++i, event.data());
                insert.setLong(++i, draft.now.toEpochMilli());
                byId.putIfAbsent(new Key(draft.channel, event.id(), event.source()), draft);
            }
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    Draft draft = byId.get(new Key(rows.getString(2), rows.getString(3), rows.getString(4)));
                    if (draft != null) sequences.put(draft, rows.getLong(1));
                }
            }
        }
    }

    private record Key(String channel, String id, String source) {}

    private static Publication known(Connection connection, Draft draft) throws SQLException {
        Event event = draft.event;
        return one(connection, draft.channel, event.position(), event.source(), event.id())
                .orElseThrow(() -> new SQLException("a publication that was known is not there: " + event.id()));
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
