package io.eventful.ledger;

import io.eventful.store.Database;
import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import java.time.Clock;

/** A real ledger for the tests of other packages. */
public final class TestLedgers implements AutoCloseable {

    private final Databases databases;
    private final Advances advances;
    private final Changes history;
    private final Ledger ledger;

    private TestLedgers(Databases databases, Clock clock) {
        this.databases = databases;
        Database database = databases.open("ledger");
        this.advances = new Advances(database);
        this.history = new Changes(database);
        this.ledger = new JdbcLedger(database, history, new JdbcRelayed(database, advances), clock);
    }

    public static TestLedgers sqlite(Path folder, Clock clock) {
        return new TestLedgers(TestStores.sqlite(folder), clock);
    }

    public Databases databases() {
        return databases;
    }

    public Ledger ledger() {
        return ledger;
    }

    public History history() {
        return history;
    }

    public Reversals reversals() {
        return new Reversals(ledger, history);
    }

    /** Removes what retention may, up to a position. */
    public void trim(long floor) {
        Trimming trimming = new Trimming(databases.open("ledger"));
        trimming.remove(trimming.candidates(0, floor));
    }

    @Override
    public void close() throws Exception {
        advances.close();
        ((AutoCloseable) databases).close();
    }
}
