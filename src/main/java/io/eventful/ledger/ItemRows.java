package io.eventful.ledger;

import io.eventful.event.Item;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where some items stand, while changes of theirs are appended: read once, written once. */
final class ItemRows {

    private static final String SELECT =
            "SELECT i.subject, i.source, i.scope, i.id, i.revision, i.position, i.digest" + " FROM (VALUES ";
    private static final String JOIN =
            ") v JOIN item i ON same_text(i.subject, v.column1) AND same_text(i.source, v.column2)"
                    + " AND same_text(i.scope, v.column3)";
    private static final String INSERT =
            "INSERT INTO item (subject, source, scope, revision, position, digest) VALUES ";
    private static final String UPDATE = "UPDATE item SET revision = ?, position = ?, digest = ? WHERE id = ?";

    private final Map<Item, Head> heads;

    private ItemRows(Map<Item, Head> heads) {
        this.heads = heads;
    }

    /** Where an item stands. */
    static final class Head {

        private final Item item;
        private long id;
        private long revision;
        private long position;
        private @Nullable String digest;

        private Head(Item item) {
            this.item = item;
        }

        /** Of its row; known when the rows are written. */
        long id() {
            return id;
        }

        long revision() {
            return revision;
        }

        /** Of its last change. */
        long position() {
            return position;
        }

        /** Of its last state, when that is kept. */
        @Nullable
        String digest() {
            return digest;
        }

        /** It has one more change. */
        void move(long to, @Nullable String kept) {
            revision++;
            position = to;
            digest = kept;
        }
    }

    static ItemRows of(Connection connection, List<Item> items) throws SQLException {
        Map<Item, Head> heads = LinkedHashMap.newLinkedHashMap(items.size());
        for (Item item : items) heads.computeIfAbsent(item, Head::new);
        Chunks.each(List.copyOf(heads.keySet()), piece -> read(connection, piece, heads));
        return new ItemRows(heads);
    }

    /** Of an item's row; fails with {@link IllegalArgumentException} when there is none. */
    static long id(Connection connection, Item item) throws SQLException {
        long id = of(connection, List.of(item)).head(item).id();
        if (id == 0) throw new IllegalArgumentException(item.subject() + " is no item of this ledger");
        return id;
    }

    /** Where the last change of an item is; 0 of one that has none. */
    static long position(Connection connection, Item item) throws SQLException {
        return of(connection, List.of(item)).head(item).position();
    }

    Head head(Item item) {
        Head head = heads.get(item);
        if (head == null) throw new IllegalArgumentException("not one of these items");
        return head;
    }

    private static void read(Connection connection, List<Item> items, Map<Item, Head> heads) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(Chunks.rows(SELECT, "(?,?,?)", items.size(), JOIN))) {
            int i = 0;
            for (Item item : items) {
                select.setString(++i, item.subject());
                select.setString(++i, item.source());
                select.setString(++i, item.scope());
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Head head = heads.get(new Item(rows.getString(2), rows.getString(3), rows.getString(1)));
                    if (head == null) continue;
                    head.id = rows.getLong(4);
                    head.revision = rows.getLong(5);
                    head.position = rows.getLong(6);
                    head.digest = rows.getString(7);
                }
            }
        }
    }

    /** Writes all as they stand now; afterwards each has its id. */
    void write(Connection connection) throws SQLException {
        List<Head> added = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            for (Head head : heads.values()) {
                if (head.id == 0) {
                    added.add(head);
                    continue;
                }
                update.setLong(1, head.revision);
                update.setLong(2, head.position);
                update.setString(3, head.digest);
                update.setLong(4, head.id);
                update.executeUpdate();
            }
        }
        Chunks.each(added, piece -> insert(connection, piece));
    }

    private static void insert(Connection connection, List<Head> piece) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                Chunks.rows(INSERT, "(?,?,?,?,?,?)", piece.size(), " RETURNING id, position"))) {
            int i = 0;
            Map<Long, Head> byPosition = new LinkedHashMap<>();
            for (Head head : piece) {
                insert.setString(++i, head.item.subject());
                insert.setString(++i, head.item.source());
                insert.setString(++i, head.item.scope());
                insert.setLong(++i, head.revision);
                insert.setLong(++i, head.position);
                insert.setString(++i, head.digest);
                byPosition.put(head.position, head);
            }
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    Head head = byPosition.get(rows.getLong(2));
                    if (head != null) head.id = rows.getLong(1);
                }
            }
        }
    }
}
