package io.eventful.view;

import io.eventful.event.Item;
import io.eventful.store.Database;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Read models in the store. Reads may block and must not run on an event loop. */
final class ViewStore {

    private final Database database;

    ViewStore(Database database) {
        this.database = database;
    }

    /** The live copy of a view; created if there is none. */
    Generation open(String name, List<String> members) {
        Optional<Generation> live = live(name);
        return live.orElseGet(() -> database.<Generation>write(connection -> {
                    Optional<Generation> meanwhile = Generations.live(connection, name);
                    return meanwhile.isPresent()
                            ? meanwhile.get()
                            : Generations.insert(connection, name, Generations.LIVE, members, NEVER);
                })
                .join());
    }

    /** The watermark of a view that was never built from the ledger. */
    static final long NEVER = -1;

    Optional<Generation> live(String name) {
        return database.read(connection -> Generations.live(connection, name));
    }

    /** Writes items into one or two copies; rows with a higher revision are kept. */
    CompletableFuture<Void> write(Collection<Generation> generations, Collection<Projected> items) {
        long position = items.stream().mapToLong(Projected::position).max().orElse(0);
        return database.write(connection -> {
                    for (Generation generation : generations) {
                        ItemRows.write(connection, generation, items);
                        Generations.position(connection, generation.id(), position);
                    }
                    return 0;
                })
                .thenApply(done -> null);
    }

    Optional<Row> find(Generation generation, Item item) {
        return database.read(connection -> ItemRows.find(connection, generation.id(), item));
    }

    List<Row> byLastSegment(Generation generation, String segment, Collection<String> scopes, int limit) {
        return database.read(connection -> ItemRows.byLastSegment(connection, generation.id(), segment, scopes, limit));
    }

    List<Row> byPath(Generation generation, String subject, Collection<String> scopes, int limit) {
        return database.read(connection -> ItemRows.byPath(connection, generation.id(), subject, scopes, limit));
    }

    long count(Generation generation) {
        return database.read(connection -> ItemRows.count(connection, generation.id()));
    }

    List<Row> list(Generation generation, ListQuery query) {
        return database.read(connection -> ListSelect.run(connection, generation, query));
    }

    /** A page without an index; empty if more than {@code most} rows would have to be scanned. */
    Optional<List<Row>> scan(Generation generation, ListQuery query, int most) {
        return database.read(connection -> ListScan.run(connection, generation, query, most));
    }

    /** Stores the watermark of a copy. */
    CompletableFuture<Integer> watermark(Generation generation, long watermark) {
        return database.write(connection -> {
            Generations.watermark(connection, generation.id(), watermark);
            return 0;
        });
    }

    /** Creates a copy for a rebuild. */
    Generation begin(String name, List<String> members) {
        return database.<Generation>write(
                        connection -> Generations.insert(connection, name, Generations.BUILDING, members, 0))
                .join();
    }

    /** Makes a copy the live one; the old one is retired. */
    void swap(String name, Generation built, long watermark) {
        database.write(connection -> {
                    Generations.retireLive(connection, name);
                    Generations.state(connection, built.id(), Generations.LIVE);
                    Generations.watermark(connection, built.id(), watermark);
                    return 0;
                })
                .join();
    }

    /** Whether there are copies of a view in a state. */
    boolean isAny(String name, String state) {
        return !database.read(connection -> Generations.left(connection, name, state))
                .isEmpty();
    }

    /** Removes the copies of a view in a state, in small units. */
    void clear(String name, String state) {
        for (long id : database.read(connection -> Generations.left(connection, name, state))) clear(id);
    }

    /** Removes an unused copy, in small units. */
    void clear(Generation generation) {
        clear(generation.id());
    }

    private void clear(long id) {
        boolean more = true;
        while (more)
            more = database.write(connection -> Generations.clear(connection, id))
                    .join();
    }
}
