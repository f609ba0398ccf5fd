package io.eventful.ledger;

import static io.eventful.ledger.Samples.ABSENT;
import static io.eventful.ledger.Samples.applied;
import static io.eventful.ledger.Samples.draft;
import static io.eventful.ledger.Samples.item;
import static io.eventful.ledger.Samples.known;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Item;
import io.eventful.store.Database;
import io.eventful.store.Databases;
import io.eventful.store.PostgresServer;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Appends and receipts that wait together share their statements: each is what it would be alone. */
class GroupedAppendsTest {

    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    @TempDir
    Path folder;

    /** Queues writes while the writer is held up, so that they are one group. */
    @FunctionalInterface
    private interface Writes {
        List<CompletableFuture<Optional<Change>>> queue(Ledger ledger);
    }

    private List<Optional<Change>> inOneGroup(String store, Writes writes) throws Exception {
        Databases databases =
                store.equals("sqlite") ? TestStores.sqlite(folder) : TestStores.postgres(SERVER.freshUrl());
        try (AutoCloseable closing = (AutoCloseable) databases) {
            Database database = databases.open("ledger");
            try (Advances advances = new Advances(database)) {
                Ledger ledger = new JdbcLedger(
                        database, new Changes(database), new JdbcRelayed(database, advances), Clock.systemUTC());
                ledger.append(draft(item("/first"), "created", ABSENT), created(item("/first")))
                        .join();
                CountDownLatch queued = new CountDownLatch(1);
                CompletableFuture<Object> holding = database.write(connection -> {
                    try {
                        queued.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return "";
                });
                List<CompletableFuture<Optional<Change>>> pending = writes.queue(ledger);
                queued.countDown();
                holding.join();
                List<Optional<Change>> changes = new ArrayList<>();
                for (CompletableFuture<Optional<Change>> one : pending) changes.add(one.join());
                for (Optional<Change> change : changes)
                    change.ifPresent(told ->
                            assertThat(ledger.at(told.position()).orElseThrow()).isEqualTo(told));
                return changes;
            }
        }
    }

    private static Settlement.Applied created(Item item) {
        return applied(item, "created", ABSENT, known("{\"n\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void appendsKeepTheirOrderAndCountTheirItemsRevisions(String store) throws Exception {
        List<Optional<Change>> changes = inOneGroup(store, ledger -> {
            List<CompletableFuture<Optional<Change>>> pending = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Item item = item("/customers/" + i % 3);
                pending.add(ledger.append(
                        draft(item, "updated", ABSENT),
                        applied(item, "updated", known("{\"n\":" + i + "}"), known("{\"n\":" + (i + 3) + "}"))));
            }
            return pending;
        });
        for (int i = 0; i < 200; i++) {
            Change change = changes.get(i).orElseThrow();
            assertThat(change.position()).isEqualTo(i + 2);
            assertThat(change.subject()).isEqualTo("/customers/" + i % 3);
            assertThat(change.revision()).isEqualTo(i / 3 + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void ofRepeatedDeliveriesOnlyTheFirstIsAppended(String store) throws Exception {
        List<Optional<Change>> changes = inOneGroup(store, ledger -> {
            List<CompletableFuture<Optional<Change>>> pending = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Item item = new Item("/webhooks/" + i % 2, "", "/deliveries/" + i);
                pending.add(ledger.appendOnce(draft(item, "received", ABSENT), created(item), "id-" + i % 120 / 2));
            }
            return pending;
        });
        for (int i = 0; i < 200; i++) {
            assertThat(changes.get(i).isPresent()).as("delivery " + i).isEqualTo(i < 120);
            if (i < 120) assertThat(changes.get(i).orElseThrow().position()).isEqualTo(i + 2);
        }
    }
}
