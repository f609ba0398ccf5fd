package io.eventful.ledger;

import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Queries of the ledger. None costs more with the ledger's length; those of one subject grow with its revisions. */
final class Changes implements History {

    private static final String OF_ITEM =
            "WHERE same_text(i.subject, ?) AND same_text(i.source, ?) AND same_text(i.scope, ?) ";

    /** Changes of an item that are looked through for the one that made it: reversals may also have changed it. */
    private static final int MAKINGS = 100;

    private final Database database;

    Changes(Database database) {
        this.database = database;
    }

    Optional<Change> at(long position) {
        return first("WHERE c.position = ?", select -> select.setLong(1, position));
    }

    Optional<Change> latest(Item item) {
        return database.read(connection -> latest(connection, item));
    }

    static Optional<Change> latest(Connection connection, Item item) throws SQLException {
        return ChangeReader.all(connection, OF_ITEM + "AND c.position = i.position", select -> item(select, item))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Change> revision(Item item, long revision) {
        return first(OF_ITEM + "AND c.revision = ?", select -> {
            item(select, item);
            select.setLong(4, revision);
        });
    }

    @Override
    public Optional<Change> asOf(Item item, Instant time) {
        return first(OF_ITEM + "AND c.time <= ? ORDER BY c.revision DESC LIMIT 1", select -> {
            item(select, item);
            select.setLong(4, Times.nanos(time));
        });
    }

    @Override
    public Optional<Change> asOf(Item item, long position) {
        return first(OF_ITEM + "AND c.position <= ? ORDER BY c.revision DESC LIMIT 1", select -> {
            item(select, item);
            select.setLong(4, position);
        });
    }

    @Override
    public Map<Long, Origin> origins(Collection<Long> positions) {
        return positions.isEmpty() ? Map.of() : database.read(connection -> Origins.find(connection, positions));
    }

    @Override
    public List<Item> sample(String resource, int limit) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT i.source, i.scope, i.subject FROM item i JOIN change c ON"
                            + " c.position = i.position WHERE c.resource = ? OR substr(i.subject, 1, ?) = ? ORDER BY i.id"
                            + " DESC LIMIT ?")) {
                String collection = '/' + resource + '/';
                select.setString(1, resource);
                select.setInt(2, collection.length());
                select.setString(3, collection);
                select.setInt(4, limit);
                List<Item> items = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) items.add(new Item(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
                return items;
            }
        });
    }

    @Override
    public Optional<Change> creation(Item item) {
        String condition =
                OF_ITEM + "AND c.action IN ('created', 'reversed') ORDER BY c.revision DESC LIMIT " + MAKINGS;
        return all(condition, ChangeReader.PAGE_BYTES, select -> item(select, item)).stream()
                .filter(change -> change.action().equals(EventType.CREATED)
                        || change.before() instanceof Image.Absent && !(change.after() instanceof Image.Absent))
                .findFirst();
    }

    @Override
    public List<MadeAgain> madeAgain(long position) {
        return database.read(connection -> MadeAgainRows.of(connection, position));
    }

    /** The change that an intent became, when it is among an item's last ones. */
    static Optional<Change> last(Connection connection, Item item, int limit, long intent) throws SQLException {
        String condition = OF_ITEM + "AND c.revision > i.revision - ? AND c.intent = ?";
        return ChangeReader.all(connection, condition, select -> {
                    item(select, item);
                    select.setInt(4, limit);
                    select.setLong(5, intent);
                })
                .stream()
                .findFirst();
    }

    /** All changes after a position. */
    List<Change> after(long position, int limit) {
        return all("WHERE c.position > ? ORDER BY c.position LIMIT ?", ChangeReader.PAGE_BYTES, select -> {
            select.setLong(1, position);
            select.setInt(2, limit);
        });
    }

    List<Change> find(long position, int limit, @Nullable String resource, @Nullable String subject) {
        if (subject != null) return ofSubject(position, limit, resource, subject);
        String condition = resource == null
                ? "WHERE c.position > ? ORDER BY c.position LIMIT ?"
                : "WHERE c.position > ? AND same_text(c.resource, ?) ORDER BY c.position LIMIT ?";
        return all(condition, ChangeReader.ASKED_BYTES, select -> {
            int index = 0;
            select.setLong(++index, position);
            if (resource != null) select.setString(++index, resource);
            select.setInt(++index, limit);
        });
    }

    List<Change> unresolved(long position, int limit, @Nullable String resource, @Nullable String subject) {
        String condition = "WHERE c.outcome = 'unknown' AND c.position > ?"
                + (resource == null ? "" : " AND same_text(c.resource, ?)")
                + (subject == null ? "" : " AND same_text(i.subject, ?)")
                + " AND NOT EXISTS (SELECT 1 FROM resolution r WHERE r.position = c.position)"
                + " ORDER BY c.position LIMIT ?";
        return all(condition, ChangeReader.ASKED_BYTES, select -> {
            int index = 0;
            select.setLong(++index, position);
            if (resource != null) select.setString(++index, resource);
            if (subject != null) select.setString(++index, subject);
            select.setInt(++index, limit);
        });
    }

    /** The plus signs keep the planner from walking the whole ledger in order of position in search of one subject. */
    private List<Change> ofSubject(long position, int limit, @Nullable String resource, String subject) {
        String condition = "WHERE c.position IN (SELECT position FROM change WHERE item IN (SELECT id FROM item"
                + " WHERE same_text(subject, ?)) AND +position > ?" + (resource == null ? "" : " AND resource = ?")
                + " ORDER BY +position LIMIT ?) ORDER BY c.position";
        return all(condition, ChangeReader.ASKED_BYTES, select -> {
            int index = 0;
            select.setString(++index, subject);
            select.setLong(++index, position);
            if (resource != null) select.setString(++index, resource);
            select.setInt(++index, limit);
        });
    }

    @Override
    public List<Item> items(String subject, int limit) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT source, scope FROM item WHERE same_text(subject, ?) ORDER BY source, scope LIMIT ?")) {
                select.setString(1, subject);
                select.setInt(2, limit);
                List<Item> items = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) items.add(new Item(rows.getString(1), rows.getString(2), subject));
                }
                return items;
            }
        });
    }

    private static void item(PreparedStatement select, Item item) throws SQLException {
        select.setString(1, item.subject());
        select.setString(2, item.source());
        select.setString(3, item.scope());
    }

    private Optional<Change> first(String condition, ChangeReader.Parameters parameters) {
        return all(condition, ChangeReader.PAGE_BYTES, parameters).stream().findFirst();
    }

    private List<Change> all(String condition, long most, ChangeReader.Parameters parameters) {
        return database.read(connection -> ChangeReader.all(connection, condition, most, parameters));
    }
}
