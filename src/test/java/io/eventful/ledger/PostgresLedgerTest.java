package io.eventful.ledger;

import static io.eventful.ledger.Samples.ABSENT;
import static io.eventful.ledger.Samples.known;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.store.Databases;
import io.eventful.store.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresLedgerTest extends LedgerContract {

    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    private AutoCloseable closing;

    @AfterEach
    void empty() {
        SERVER.execute("TRUNCATE intent, item, change, relay, parked");
    }

    /** Of before its indexes could take names of any length. */
    @Test
    void anOlderDatabaseIsMigrated() throws Exception {
        settle(ADA, "created", ABSENT, known("{\"a\":1}"));
        close();
        for (String sql : List.of(
                "DROP INDEX item_name",
                "ALTER TABLE item ADD UNIQUE (subject, source, scope)",
                "DROP INDEX change_resource",
                "CREATE INDEX change_resource ON change (resource, position)",
                "DROP INDEX receipt_name",
                "ALTER TABLE receipt ADD PRIMARY KEY (source, delivery)",
                "DROP FUNCTION same_text(TEXT, TEXT)",
                "DROP FUNCTION short_text(TEXT)",
                "DELETE FROM schema_history_ledger WHERE version = '95'")) SERVER.execute(sql);
        open();
        Change second =
                settle(ADA, "updated", known("{\"a\":1}"), known("{\"a\":2}")).orElseThrow();
        assertThat(second.revision()).isEqualTo(2);
        assertThat(ledger.latest(ADA)).contains(second);
    }

    @Override
    Databases databases() {
        Databases databases = SERVER.databases();
        closing = (AutoCloseable) databases;
        return databases;
    }

    @Override
    void closeDatabases() throws Exception {
        closing.close();
    }
}
