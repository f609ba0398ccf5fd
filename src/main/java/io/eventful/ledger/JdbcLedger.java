package io.eventful.ledger;

import io.eventful.event.Change;
import io.eventful.event.Item;
import io.eventful.ledger.Settles.Settle;
import io.eventful.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger in a relational store. */
final class JdbcLedger implements Ledger {

    private static final Logger log = LoggerFactory.getLogger(JdbcLedger.class);

    private static final Database.Batch<Settle, Optional<Change>> SETTLE = Settles::run;
    private static final Database.Batch<List<Entry>, Optional<Change>> APPEND = Settles::append;
    private static final Database.Batch<Receipts.Receipt, Optional<Change>> APPEND_ONCE = Receipts::append;

    private final Database database;
    private final Clock clock;
    private final Relayed relayed;
    private final Changes changes;
    private final Intents intents;
    private final Keys keys;
    private final Head head;
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

    private final Latest latest = new Latest();

    JdbcLedger(Database database, Changes changes, Relayed relayed, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.relayed = relayed;
        this.changes = changes;
        this.intents = new Intents(database);
        this.keys = new Keys(database);
        this.head = new Head(database);
    }

    @Override
    public CompletableFuture<Intent> open(IntentDraft draft) {
        return intents.open(draft);
    }

    @Override
    public CompletableFuture<Optional<Change>> settle(Intent intent, Settlement settlement, @Nullable KeptReply reply) {
        return switch (settlement) {
            case Settlement.Refuted refuted -> close(intent, settlement, reply);
            case Settlement.Applied applied when unchanged(applied) -> close(intent, settlement, reply);
            case Settlement.Applied applied -> settle(intent, entries(intent.draft(), List.of(applied)), reply);
            case Settlement.Several several -> {
                List<Entry> entries = entries(intent.draft().causedBy(several.causation()), several.changes());
                yield entries.isEmpty() ? close(intent, settlement, reply) : settle(intent, entries, reply);
            }
        };
    }

    private List<Entry> entries(IntentDraft draft, List<Settlement.Applied> changes) {
        Instant now = clock.instant();
        return changes.stream()
                .filter(applied -> !unchanged(applied))
                .map(applied -> Entry.of(draft, applied, now))
                .toList();
    }

    private CompletableFuture<Optional<Change>> close(Intent intent, Settlement settlement, @Nullable KeptReply reply) {
        return database.write(connection -> {
            Intents.remove(connection, intent.id());
            KeyClaim key = intent.draft().key();
            if (key != null && reply == null && settlement instanceof Settlement.Refuted)
                Keys.free(connection, intent, key);
            else end(connection, intent, reply, null);
            return Optional.empty();
        });
    }

    private CompletableFuture<Optional<Change>> settle(Intent intent, List<Entry> entries, @Nullable KeptReply reply) {
        Settle settle = new Settle(intent, entries);
        CompletableFuture<Optional<Change>> write = intent.draft().key() == null
                ? database.write(SETTLE, settle)
                : database.write(connection -> {
                    if (!Intents.remove(connection, intent.id())) return Settles.before(connection, settle);
                    Change change = Settles.append(connection, entries, intent.id());
                    end(connection, intent, reply, change.position());
                    return Optional.of(change);
                });
        return announced(entries.getLast(), write);
    }

    private static void end(Connection connection, Intent intent, @Nullable KeptReply reply, @Nullable Long position)
            throws SQLException {
        KeyClaim key = intent.draft().key();
        if (key == null) return;
        if (reply == null) Keys.settled(connection, intent, key, position);
        else Keys.replied(connection, intent, key, reply, position);
    }

    @Override
    public CompletableFuture<Optional<Change>> append(IntentDraft draft, Settlement.Applied applied) {
        return append(entries(draft, List.of(applied)));
    }

    @Override
    public CompletableFuture<Optional<Change>> appendAfter(
            @Nullable Change last, IntentDraft draft, Settlement.Applied applied) {
        if (unchanged(applied)) return CompletableFuture.completedFuture(Optional.empty());
        long position = last == null ? 0 : last.position();
        Entry entry = Entry.of(draft, applied, clock.instant());
        return announced(
                entry,
                database.write(connection -> ItemRows.position(connection, entry.item()) == position
                        ? Optional.of(EntryWriter.append(connection, entry, null))
                        : Optional.empty()));
    }

    @Override
    public CompletableFuture<Optional<Change>> append(IntentDraft draft, Settlement.Several several) {
        return append(entries(draft.causedBy(several.causation()), several.changes()));
    }

    private CompletableFuture<Optional<Change>> append(List<Entry> entries) {
        return entries.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : announced(entries.getLast(), database.write(APPEND, entries));
    }

    @Override
    public CompletableFuture<Optional<Change>> appendOnce(
            IntentDraft draft, Settlement.Applied applied, String delivery) {
        Instant now = clock.instant();
        Entry entry = Entry.of(draft, applied, now);
        return announced(entry, database.write(APPEND_ONCE, new Receipts.Receipt(entry, delivery, now)));
    }

    @Override
    public CompletableFuture<Integer> forgetDeliveries(Instant until, long most, int limit) {
        return database.write(connection -> Receipts.forget(connection, until, most, limit));
    }

    @Override
    public CompletableFuture<Optional<Change>> resolve(Resolution resolution) {
        Instant now = clock.instant();
        return database.write(connection -> ResolutionRows.append(connection, resolution, now))
                .thenApply(change -> {
                    change.ifPresent(
                            durable -> announce(durable, Entry.of(durable).size()));
                    return change;
                });
    }

    @Override
    public List<Change> unresolved(long position, int limit, @Nullable String resource, @Nullable String subject) {
        return changes.unresolved(position, limit, resource, subject);
    }

    private static boolean unchanged(Settlement.Applied applied) {
        return applied.outcome() == Change.Outcome.CONFIRMED && Images.same(applied.before(), applied.after());
    }

    /** @param entry of the change that the write completes with */
    private CompletableFuture<Optional<Change>> announced(Entry entry, CompletableFuture<Optional<Change>> write) {
        return write.thenApply(change -> {
            change.ifPresent(durable -> announce(durable, entry.size()));
            return change;
        });
    }

    /** A listener's failure is its own: the change is durable, and its caller must hear so. */
    private void announce(Change change, int size) {
        if (change.position() > head.position()) latest.add(change, size);
        long now = head.reached(change.position());
        for (LongConsumer listener : listeners) {
            try {
                listener.accept(now);
            } catch (RuntimeException e) {
                log.error("ledger.listener-failed position={}", now, e);
            }
        }
    }

    @Override
    public AutoCloseable onAppend(LongConsumer listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public Optional<Change> latest(Item item) {
        return changes.latest(item);
    }

    @Override
    public Optional<Change> at(long position) {
        return changes.at(position);
    }

    @Override
    public List<Change> after(long position, int limit) {
        List<Change> held = latest.after(position, limit);
        return held.isEmpty() ? changes.after(position, limit) : held;
    }

    @Override
    public List<Change> find(long position, int limit, @Nullable String resource, @Nullable String subject) {
        return changes.find(position, limit, resource, subject);
    }

    @Override
    public long head() {
        return head.position();
    }

    @Override
    public List<Intent> openIntents(long afterId, int limit) {
        return intents.leftOpen(afterId, limit);
    }

    @Override
    public IdempotencyKeys keys() {
        return keys;
    }

    @Override
    public Relayed relayed() {
        return relayed;
    }
}
