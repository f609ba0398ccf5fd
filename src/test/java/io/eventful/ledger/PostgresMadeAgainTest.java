package io.eventful.ledger;

import io.eventful.store.Databases;
import io.eventful.store.PostgresServer;
import io.eventful.store.TestStores;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresMadeAgainTest extends MadeAgainContract {

    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    private AutoCloseable closing;

    @Override
    Databases databases() {
        Databases databases = otherDatabases();
        closing = (AutoCloseable) databases;
        return databases;
    }

    @Override
    Databases otherDatabases() {
        return TestStores.postgres(SERVER.freshUrl());
    }

    @Override
    void closeDatabases() throws Exception {
        closing.close();
    }
}
