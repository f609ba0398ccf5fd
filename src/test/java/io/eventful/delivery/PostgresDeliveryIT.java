package io.eventful.delivery;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** What delivery keeps, kept by PostgreSQL. */
class PostgresDeliveryIT {

    private static EmbeddedPostgres server;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    /** A database of its own for each test. */
    private static Supplier<Databases> fresh() {
        String name = "d" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return () -> TestStores.postgres(server.getJdbcUrl("postgres", name));
    }

    @Nested
    class Deliveries extends DeliveryTest {
        @Override
        Supplier<Databases> stores(Path folder) {
            return fresh();
        }
    }

    @Nested
    class Isolation extends IsolationTest {
        @Override
        Supplier<Databases> stores(Path folder) {
            return fresh();
        }
    }

    @Nested
    class Replays extends ReplayTest {
        @Override
        Supplier<Databases> stores(Path folder) {
            return fresh();
        }
    }
}
