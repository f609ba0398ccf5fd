package io.eventful.subscription;

import io.eventful.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes subscriptions to the store and waits until they are durable. */
final class SubscriptionStore {

    private final Database database;
    private final SubscriptionTable table;

    SubscriptionStore(Database database, SubscriptionTable table) {
        this.database = database;
        this.table = table;
    }

    List<Subscription> all() {
        return database.read(table::all);
    }

    void insert(Subscription subscription) {
        write(connection -> table.insert(connection, subscription));
    }

    void update(Subscription subscription) {
        write(connection -> table.update(connection, subscription));
    }

    void updateWithSecrets(Subscription subscription) {
        write(connection -> {
            table.update(connection, subscription);
            table.replaceSecrets(connection, subscription);
        });
    }

    /** Not waited for: after a crash it may not have happened. Later writes come after it. */
    void updateBehind(Subscription subscription) {
        writeBehind(connection -> table.update(connection, subscription));
    }

    /** How many events each subscription with a cap has taken. */
    Map<String, Long> taken() {
        return database.read(table::taken);
    }

    /** Not waited for, and never backwards. */
    void takenBehind(String id, long count) {
        writeBehind(connection -> table.taken(connection, id, count));
    }

    /** Not waited for. */
    void givenBackBehind(String id) {
        writeBehind(connection -> table.givenBack(connection, id));
    }

    List<String> declared() {
        return database.read(table::declared);
    }

    void declare(String id) {
        write(connection -> table.declare(connection, id));
    }

    void delete(String id) {
        write(connection -> table.delete(connection, id));
    }

    /** A write that gives nothing back. */
    @FunctionalInterface
    private interface Change {
        void apply(Connection connection) throws SQLException;
    }

    private void write(Change change) {
        database.writeAndWait(unit(change));
    }

    private void writeBehind(Change change) {
        var unused = database.write(unit(change));
    }

    private static Database.Unit<Boolean> unit(Change change) {
        return connection -> {
            change.apply(connection);
            return true;
        };
    }
}
