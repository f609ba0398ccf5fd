package io.eventful.command;

import io.eventful.store.Databases;
import io.eventful.store.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresCommandStoreTest extends CommandStoreContract {

    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    @AfterEach
    void empty() {
        SERVER.execute("TRUNCATE command");
    }

    @Override
    Databases databases() {
        return SERVER.databases();
    }
}
