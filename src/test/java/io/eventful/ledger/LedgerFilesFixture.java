package io.eventful.ledger;

import static io.eventful.ledger.Samples.ABSENT;
import static io.eventful.ledger.Samples.applied;
import static io.eventful.ledger.Samples.draft;
import static io.eventful.ledger.Samples.item;
import static io.eventful.ledger.Samples.known;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.harness.TestClock;
import io.eventful.store.Database;
import io.eventful.store.Databases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A ledger on the database under test, a clock that is set, and what tests do to both. */
abstract class LedgerFilesFixture {

    static final Item ADA = item("/customers/42");
    static final Item EVE = item("/customers/43");
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    @TempDir
    Path files;

    Databases databases;
    Database database;
    Changes changes;
    Advances advances;
    Ledger ledger;
    final TestClock clock = new TestClock(NOW);
    Set<String> routes = Set.of("customers");

    abstract Databases databases() throws Exception;

    /** Another store, empty. */
    abstract Databases otherDatabases() throws Exception;

    abstract void closeDatabases() throws Exception;

    @BeforeEach
    void open() throws Exception {
        reopen(databases());
    }

    /** Goes on with another store. */
    void reopen(Databases store) {
        databases = store;
        database = databases.open("ledger");
        changes = new Changes(database);
        advances = new Advances(database);
        ledger = new JdbcLedger(database, changes, new JdbcRelayed(database, advances), clock);
    }

    @AfterEach
    void close() throws Exception {
        advances.close();
        closeDatabases();
    }

    Change append(Item item, String action, Image before, Image after) {
        return ledger.append(draft(item, action, before), applied(item, action, before, after))
                .join()
                .orElseThrow();
    }

    /** Ada with three revisions, Eve with two, an hour apart. */
    void fill() {
        append(ADA, "created", ABSENT, known("{\"n\":1}"));
        clock.advance(Duration.ofHours(1));
        append(EVE, "created", ABSENT, known("{\"e\":1.10}"));
        clock.advance(Duration.ofHours(1));
        append(ADA, "updated", known("{\"n\":1}"), known("{\"n\":2,\"a/b\":[null]}"));
        clock.advance(Duration.ofHours(1));
        append(ADA, "updated", known("{\"n\":2,\"a/b\":[null]}"), known("{\"n\":3}"));
        clock.advance(Duration.ofHours(1));
        append(EVE, "deleted", known("{\"e\":1.10}"), ABSENT);
    }

    long trim(LedgerSettings.Retention settings) {
        try (Retention retention = retention(settings)) {
            return retention.run();
        }
    }

    Retention retention(LedgerSettings.Retention settings) {
        Feed feed = new Feed() {
            @Override
            public AutoCloseable follow(String route, Predicate<Change> wanted, Receiver receiver) {
                throw new IllegalStateException("not for retention");
            }

            @Override
            public Set<String> followed() {
                return routes;
            }
        };
        return new Retention(new Trimming(database), ledger.relayed(), feed, clock, settings);
    }

    static LedgerSettings.Retention age(Duration age) {
        return new LedgerSettings.Retention(age, null, Duration.ofHours(1));
    }

    List<Long> positions() {
        return ledger.find(0, 100, null, null).stream().map(Change::position).toList();
    }

    LedgerReport verified() {
        return new Verification(database, changes).run();
    }
}
