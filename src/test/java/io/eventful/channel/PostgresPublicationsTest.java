package io.eventful.channel;

import io.eventful.store.Databases;
import io.eventful.store.PostgresServer;
import io.eventful.store.TestStores;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresPublicationsTest extends PublicationsContract {

    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    @Override
    Databases databases() {
        return TestStores.postgres(SERVER.freshUrl());
    }
}
