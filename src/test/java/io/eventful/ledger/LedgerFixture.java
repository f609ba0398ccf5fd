package io.eventful.ledger;

import static io.eventful.ledger.Samples.applied;
import static io.eventful.ledger.Samples.draft;
import static io.eventful.ledger.Samples.item;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.harness.TestClock;
import io.eventful.store.Database;
import io.eventful.store.Databases;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A ledger on the database under test, and a clock that is set. */
abstract class LedgerFixture {

    static final Item ADA = item("/customers/42");

    Databases databases;
    Database database;
    Changes history;
    Advances advances;
    Ledger ledger;
    final TestClock clock = new TestClock(Instant.parse("2026-03-04T05:06:07.123456Z"));

    /** New handles on the same data each time. */
    abstract Databases databases() throws Exception;

    abstract void closeDatabases() throws Exception;

    @BeforeEach
    void open() throws Exception {
        databases = databases();
        database = databases.open("ledger");
        history = new Changes(database);
        advances = new Advances(database);
        ledger = new JdbcLedger(database, history, new JdbcRelayed(database, advances), clock);
    }

    @AfterEach
    void close() throws Exception {
        advances.close();
        closeDatabases();
    }

    Optional<Change> settle(Item item, String action, Image before, Image after) throws Exception {
        Intent intent = ledger.open(draft(item, action, before)).get(10, TimeUnit.SECONDS);
        return ledger.settle(intent, applied(item, action, before, after)).get(10, TimeUnit.SECONDS);
    }

    static List<Long> positions(List<Change> changes) {
        return changes.stream().map(Change::position).toList();
    }
}
