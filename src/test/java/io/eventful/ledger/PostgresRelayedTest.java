package io.eventful.ledger;

import io.eventful.store.Databases;
import io.eventful.store.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresRelayedTest extends RelayedContract {

    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    private AutoCloseable closing;

    @AfterEach
    void empty() {
        SERVER.execute("TRUNCATE intent, item, change, relay, parked");
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
