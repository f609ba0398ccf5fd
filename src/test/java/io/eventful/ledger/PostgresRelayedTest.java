package io.eventful.ledger;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class PostgresRelayedTest extends RelayedContract {

    private static EmbeddedPostgres server;
    private AutoCloseable closing;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @AfterEach
    void empty() throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE intent, item, change, relay, parked");
        }
    }

    @Override
    Databases databases() {
        Databases databases = TestStores.postgres(server.getJdbcUrl("postgres", "postgres"));
        closing = (AutoCloseable) databases;
        return databases;
    }

    @Override
    void closeDatabases() throws Exception {
        closing.close();
    }
}
