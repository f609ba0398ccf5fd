package io.eventful.ledger;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresLedgerFilesTest extends LedgerFilesContract {

    private static EmbeddedPostgres server;
    private AutoCloseable closing;
    private int made;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    Databases databases() throws Exception {
        Databases databases = otherDatabases();
        closing = (AutoCloseable) databases;
        return databases;
    }

    @Override
    Databases otherDatabases() throws Exception {
        String name = "ledger_" + System.identityHashCode(this) + "_" + made++;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return TestStores.postgres(server.getJdbcUrl("postgres", name));
    }

    @Override
    void closeDatabases() throws Exception {
        closing.close();
    }
}
