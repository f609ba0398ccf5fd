package io.eventful.subscription;

import io.eventful.store.Databases;
import io.eventful.store.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresRegistryTest extends RegistryContract {

    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    @AfterEach
    void empty() {
        SERVER.execute("TRUNCATE subscription, subscription_secret");
    }

    @Override
    Databases databases() {
        return SERVER.databases();
    }
}
